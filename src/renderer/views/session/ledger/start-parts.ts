import { startPartOf, startParts, type StartPart } from '../../../../model/codex/spans/category.ts'
import type { SessionData } from '../../../waterfall/session-data.ts'

interface Stretch {
  readonly startMs: number
  readonly durationMs: number
}

/**
 * What the stretches of a start-up went to, as its raw spans tell: of each part how long at least one of its spans was under way, the
 * longest first. Parts go on beside each other, so that they may be more than the whole.
 */
export function startPartsOf(
  { raw }: SessionData,
  stretches: readonly Stretch[],
): readonly { readonly part: StartPart; readonly ms: number }[] {
  if (raw === null) return []
  const { name, start, duration } = raw.spans
  const partOfName = raw.names.map(startPartOf)
  const found = new Map<StartPart, Stretch[]>()
  for (let span = 0; span < raw.count; span++) {
    const part = partOfName[name[span] ?? 0] ?? null
    if (part === null) continue
    const startMs = raw.baseMs + (start[span] ?? 0)
    const endMs = startMs + (duration[span] ?? 0)
    for (const stretch of stretches) {
      const from = Math.max(startMs, stretch.startMs)
      const to = Math.min(endMs, stretch.startMs + stretch.durationMs)
      if (to > from) found.set(part, [...(found.get(part) ?? []), { startMs: from, durationMs: to - from }])
    }
  }
  return startParts
    .flatMap((part) => (found.has(part) ? [{ part, ms: covered(found.get(part) ?? []) }] : []))
    .sort((a, b) => b.ms - a.ms)
}

function covered(stretches: readonly Stretch[]): number {
  let sum = 0
  let until = -Infinity
  for (const { startMs, durationMs } of [...stretches].sort((a, b) => a.startMs - b.startMs)) {
    const end = startMs + durationMs
    sum += Math.max(0, end - Math.max(startMs, until))
    until = Math.max(until, end)
  }
  return sum
}
