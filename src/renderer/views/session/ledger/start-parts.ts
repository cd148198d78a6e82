import { startPartOf, startParts, type StartPart } from '../../../../model/codex/spans/category.ts'
import { lengthOf } from '../../../../model/findings/disjoint.ts'
import type { Stretch } from '../../../../model/ledger/share.ts'
import { union } from '../../../../model/ledger/stretches.ts'
import type { SessionData } from '../../../waterfall/session-data.ts'

/**
 * What the stretches of a start-up went to, as its raw spans tell: of each part how long at least one of its spans was under way, the
 * longest first. Parts go on beside each other, so that they may be more than the whole.
 */
export function startPartsOf(
  { raw }: SessionData,
  stretches: readonly { readonly startMs: number; readonly durationMs: number }[],
): readonly { readonly part: StartPart; readonly ms: number }[] {
  if (raw === null) return []
  const { name, start, duration } = raw.spans
  const partOfName = raw.names.map(startPartOf)
  const found = new Map(startParts.map((part): [StartPart, Stretch[]] => [part, []]))
  for (let span = 0; span < raw.count; span++) {
    const part = partOfName[name[span] ?? 0] ?? null
    if (part === null) continue
    const spanStart = raw.baseMs + (start[span] ?? 0)
    const spanEnd = spanStart + (duration[span] ?? 0)
    for (const { startMs, durationMs } of stretches)
      found.get(part)?.push({ start: Math.max(spanStart, startMs), end: Math.min(spanEnd, startMs + durationMs) })
  }
  return [...found]
    .map(([part, time]) => ({ part, ms: lengthOf(union(time)) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms)
}
