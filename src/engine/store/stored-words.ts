import type { Signal } from '../../model/signal.ts'
import type { Accepted } from '../receivers/received-body.ts'
import type { BodyResult } from './ingest.ts'
import type { Stored } from './messages.ts'

/** Of a body that may be stored when it is sent again. */
export function unavailable(message: string, bytes: number): Stored {
  return failed({ kind: 'unavailable', message, retryAfterS: 5 }, bytes)
}

/** Of a body that is not stored. */
export function failed(accepted: Accepted, bytes: number): Stored {
  return { accepted, repeated: false, cut: 0, edited: 0, bytes, service: '', version: '', disk: null }
}

/** What holds the records of a resource, and what did until 2022. */
const memberNames: Readonly<Record<Signal, readonly [string, string]>> = {
  traces: ['scopeSpans', 'instrumentationLibrarySpans'],
  logs: ['scopeLogs', 'instrumentationLibraryLogs'],
  metrics: ['scopeMetrics', 'instrumentationLibraryMetrics'],
}

/** What the sender is told of a body that is. */
export function remark({ rejected }: BodyResult, cut: number, empty: number, signal: Signal): string {
  const remarks: string[] = []
  if (empty > 0) {
    const [now, before] = memberNames[signal]
    remarks.push(
      `${empty} resources came without a record in ${now}: senders of before OTLP 0.15 write ${before}, which is no longer supported: they need a newer exporter`,
    )
  }
  if (rejected > 0) remarks.push(`${rejected} refused: trace id or span id missing, all zeros or of the wrong length`)
  if (cut > 0) remarks.push(`${cut} attribute values were cut to the limits`)
  return remarks.join('; ')
}
