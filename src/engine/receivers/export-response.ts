import protobuf from 'protobufjs/minimal.js'
import type { Signal } from '../../model/signal.ts'
import type { Encoding } from './rpc-status.ts'

export interface PartialSuccess {
  readonly rejected: number
  readonly message: string
}

const rejectedName = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
} as const satisfies Record<Signal, string>

/**
 * The Export…ServiceResponse of a signal: empty on full success, else with `partial_success`. A message beside
 * `rejected` 0 is a warning (OTLP, "Partial Success").
 */
export function encodeExportResponse(signal: Signal, encoding: Encoding, partial: PartialSuccess): Uint8Array {
  const full = partial.rejected === 0 && partial.message === ''
  if (encoding === 'json') return Buffer.from(full ? '{}' : JSON.stringify(asJson(signal, partial)))
  return full ? new Uint8Array(0) : asProtobuf(partial)
}

/** Proto3 JSON: 64-bit integers are strings, fields at their default are left out. */
function asJson(signal: Signal, { rejected, message }: PartialSuccess): unknown {
  return {
    partialSuccess: {
      ...(rejected === 0 ? {} : { [rejectedName[signal]]: String(rejected) }),
      ...(message === '' ? {} : { errorMessage: message }),
    },
  }
}

/** The three responses number their fields alike: 1 partial_success { 1 rejected_…, 2 error_message }. */
function asProtobuf({ rejected, message }: PartialSuccess): Uint8Array {
  const response = protobuf.Writer.create()
  response.uint32(0x0a).fork()
  if (rejected !== 0) response.uint32(0x08).int64(rejected)
  if (message !== '') response.uint32(0x12).string(message)
  return response.ldelim().finish()
}
