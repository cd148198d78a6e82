import { text, type Attributes } from '../../attributes.ts'
import { part, asPart } from './payload.ts'

export interface PatchSize {
  readonly filesChanged: number
  readonly linesAdded: number
  readonly linesRemoved: number
}

/** `changes`: path → `{type: add | update | delete, content | unified_diff}`. */
export function patchSize(of: Attributes): PatchSize {
  const changes = Object.values(part(of, 'changes')).map(asPart)
  let [linesAdded, linesRemoved] = [0, 0]
  for (const change of changes) {
    const type = text(change, 'type')
    if (type === 'update') {
      const diff = text(change, 'unified_diff') ?? ''
      linesAdded += countLines(diff, '+')
      linesRemoved += countLines(diff, '-')
    } else {
      const lines = lineCount(text(change, 'content') ?? '')
      if (type === 'add') linesAdded += lines
      else linesRemoved += lines
    }
  }
  return { filesChanged: changes.length, linesAdded, linesRemoved }
}

/** Lines of a diff below its hunks' heads that begin with the sign; `+++` and `---` name files. */
function countLines(diff: string, sign: string): number {
  return diff.split('\n').filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length
}

function lineCount(content: string): number {
  return content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0)
}
