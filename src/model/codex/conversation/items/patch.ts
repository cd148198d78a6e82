import { text, type Attributes } from '../../../attributes.ts'
import { asPart, part } from '../../rollout/payload.ts'
import { changeSize } from '../../rollout/patch-size.ts'
import { callLines, endOf } from '../call-end.ts'
import { outputOf } from '../call-output.ts'
import type { PatchedFile } from '../item.ts'
import { filesOfPatch } from '../patch-text.ts'
import type { ItemReader, Told } from '../told.ts'

export const patch: ItemReader<'patch'> = (told) => {
  const lines = callLines(told)
  const { call, output, item } = lines
  const { state, durationMs, waitedMs } = endOf(told, lines)
  const changes = Object.entries(part(item, 'changes'))
  const files =
    changes.length > 0
      ? changes.map(([path, change], index) => fileOf(told, path, asPart(change), index))
      : filesOfPatch(text(call, 'input') ?? text(call, 'arguments') ?? '').map(({ diff, ...file }, index) => ({
          ...file,
          diff: told.quote(`diff:${String(index)}`, 'arguments', diff),
        }))
  const said = state === 'ok' || state === 'open' ? null : (text(item, 'stderr') ?? outputOf(output, item))
  return {
    tool: 'apply_patch',
    state,
    durationMs,
    nested: told.entry.nested,
    waitedMs,
    files,
    output: said === null ? null : told.quote('output', 'output', said),
  }
}

function fileOf(told: Told, path: string, change: Attributes, index: number): PatchedFile {
  const type = text(change, 'type')
  const kind = type === 'add' || type === 'delete' ? type : 'update'
  return {
    path,
    movedTo: text(change, 'move_path'),
    change: kind,
    ...changeSize(change),
    diff: told.quote(`diff:${String(index)}`, 'arguments', diffOf(kind, change)),
  }
}

/** A new file is all added lines, a deleted one all removed ones. */
function diffOf(kind: 'add' | 'update' | 'delete', change: Attributes): string {
  if (kind === 'update') return text(change, 'unified_diff') ?? ''
  const content = text(change, 'content') ?? ''
  if (content === '') return ''
  const sign = kind === 'add' ? '+' : '-'
  return content
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => sign + line)
    .join('\n')
}
