import { timesOfSpan } from '../../model/plausible-time.ts'
import type { SpanView } from '../otlp/wire/spans.ts'

/** Seconds, about: what one step of the upper half of nanoseconds is. */
const highNs = 4_294_967_296
const earliestHigh = Math.ceil(1.262_304e18 / highNs)

/** Puts times that can be in the place of those that cannot, for bodies that arrived at a moment; an end of 0 is none. */
export function timeKeeper(receivedMs: number): (view: SpanView) => boolean {
  const arrivedNs = BigInt(Math.round(receivedMs)) * 1_000_000n
  const latestHigh = Math.floor((receivedMs * 1e6 + 4 * 366 * 86_400e9) / highNs)
  return (view) => {
    const { startHigh, startLow, endHigh, endLow } = view
    // Nearly all are: two comparisons for the hundred thousands.
    const inOrder = endHigh > startHigh || (endHigh === startHigh && endLow >= startLow)
    if (startHigh >= earliestHigh && endHigh <= latestHigh && inOrder) return true
    const start = (BigInt(startHigh) << 32n) | BigInt(startLow)
    const end = (BigInt(endHigh) << 32n) | BigInt(endLow)
    const times = timesOfSpan(start, end, arrivedNs)
    view.startHigh = Number(times.startNs >> 32n)
    view.startLow = Number(times.startNs & 0xffff_ffffn)
    view.endHigh = Number((times.endNs ?? 0n) >> 32n)
    view.endLow = Number((times.endNs ?? 0n) & 0xffff_ffffn)
    return times.startNs === start && (times.endNs ?? 0n) === end
  }
}
