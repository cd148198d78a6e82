import { text } from '../../model/attributes.ts'
import { meantTime } from '../../model/plausible-time.ts'
import type { LogView } from '../otlp/wire/logs.ts'

/** When a record was made: as it says, else when it was observed, as its own text has it, or when it arrived. */
export function timeOfLog({ timeNs, observedNs, attributes }: LogView, arrivedNs: bigint): bigint {
  const told = meantTime(timeNs, arrivedNs) ?? meantTime(observedNs, arrivedNs)
  if (told !== null) return told
  const written = Date.parse(text(attributes, 'event.timestamp') ?? '')
  const meant = Number.isNaN(written) ? null : meantTime(BigInt(written) * 1_000_000n, arrivedNs)
  return meant ?? arrivedNs
}
