import type { ForwardTest } from '../../contract/forwarding.ts'
import type { Destination } from '../../model/forwarding/destination.ts'
import { scrub } from '../../model/forwarding/mask.ts'
import type { Signal } from '../../model/signal.ts'
import type { Answer } from './answer.ts'
import { secretsOf } from './lane.ts'
import type { OwnReceivers } from './own-address.ts'
import { connectTo } from './sender.ts'

/** Sends an export request without a record for each signal, once, and tells what is answered. */
export async function probe(destination: Destination, own: OwnReceivers): Promise<ForwardTest> {
  return { answers: await Promise.all(destination.signals.map((signal) => probeSignal(destination, signal, own))) }
}

async function probeSignal(
  destination: Destination,
  signal: Signal,
  own: OwnReceivers,
): Promise<ForwardTest['answers'][number]> {
  const startedMs = performance.now()
  const answer = await once(destination, signal, own)
  const message = scrub(answer.message, secretsOf(destination)).slice(0, 300)
  const durationMs = performance.now() - startedMs
  return { signal, ok: answer.kind === 'sent', message, durationMs }
}

async function once(destination: Destination, signal: Signal, own: OwnReceivers): Promise<Answer> {
  try {
    const connection = await connectTo(destination, signal, own)
    const answer = await connection.send({ encoding: 'protobuf', bytes: new Uint8Array(0) })
    connection.close()
    return answer
  } catch (error) {
    return { kind: 'retry', message: error instanceof Error ? error.message : String(error), afterMs: null }
  }
}
