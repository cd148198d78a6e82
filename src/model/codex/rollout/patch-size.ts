import { text, type Attributes } from '../../attributes.ts'
import { part, asPart } from './payload.ts'

export interface PatchSize {
  readonly filesChanged: number
  readonly linesAdded: number
  readonly linesRemoved: number
}

/** `changes`: path → `{type: add | update | delete, content | unified_diff}`. */
export function patchSize(of: Attributes): PatchSize {
  const sizes = Object.values(part(of, 'changes')).map((change) => changeSize(asPart(change)))
  return {
    filesChanged: sizes.length,
    linesAdded: sizes.reduce((sum, { added }) => sum + added, 0),
    linesRemoved: sizes.reduce((sum, { removed }) => sum + removed, 0),
  }
}

/** Of one file. */
export function changeSize(change: Attributes): { readonly added: number; readonly removed: number } {
  const type = text(change, 'type')
  if (type === 'update') {
    const diff = text(change, 'unified_diff') ?? ''
    return { added: countLines(diff, '+'), removed: countLines(diff, '-') }
  }
  const lines = lineCount(text(change, 'content') ?? '')
  return type === 'add' ? { added: lines, removed: 0 } : { added: 0, removed: lines }
}

/** Lines of a diff below its hunks' heads that begin with the sign; `+++` and `---` name files. */
function countLines(diff: string, sign: string): number {
  return diff.split('\n').filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length
}

function lineCount(content: string): number {
  return content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0)
}
