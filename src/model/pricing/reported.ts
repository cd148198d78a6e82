import { priceCall, type Receipt, type Usage } from './cost.ts'
import type { PriceList } from './price.ts'

export type ReportedDiffers = 'same' | 'hour_writes' | 'unknown'

/** Why a cost that the sender reckons differs from the estimate; null where one of the two is not known. */
export function reportedDiffers(
  usage: Usage,
  receipt: Receipt | null,
  reportedUsd: number | null,
  prices: PriceList,
): ReportedDiffers | null {
  if (receipt === null || reportedUsd === null) return null
  if (isAbout(receipt.usd, reportedUsd)) return 'same'
  // Claude Code's records count what was written, and not for how long it is kept.
  const kept = priceCall({ ...usage, hourWrite: usage.cacheWrite }, prices).receipt
  return usage.cacheWrite > 0 && kept !== null && isAbout(kept.usd, reportedUsd) ? 'hour_writes' : 'unknown'
}

/** Senders round to six digits. */
function isAbout(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(1e-6, 0.001 * Math.max(a, b))
}
