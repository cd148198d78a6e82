import type { Status } from '../../../contract/status.ts'
import { signal as signals, type Signal } from '../../../model/signal.ts'

type Client = Status['clients'][number]

/** A sender and the signals that did not come from it. */
export interface Missing {
  readonly sender: string
  readonly signal: Signal
  readonly why: string
}

/** Metrics leave Codex once a minute: before that, their absence says nothing. */
const patienceMs = 70_000

const codexReasons: Readonly<Record<Signal, string>> = {
  logs: 'Codex sends logs within a second. None arrived: otel.exporter names no receiver here, or is “none”.',
  traces:
    'Codex sends spans about 10 s into a run and when it ends cleanly. None arrived: otel.trace_exporter is not set, or the run failed or was interrupted before that.',
  metrics:
    'Codex sends metrics once a minute and when it ends cleanly. None arrived: otel.metrics_exporter is not set (they go to Statsig then), or the run was shorter and did not end cleanly.',
}

/** Of senders that were heard of long enough ago for everything to have come. */
export function missingSignals(
  clients: readonly Client[],
  codexServices: readonly string[],
  startedAtMs: number,
  nowMs: number,
): readonly Missing[] {
  const senders = new Map<string, Client[]>()
  for (const client of clients) {
    const name = `${client.service} ${client.version}`.trim()
    senders.set(name, [...(senders.get(name) ?? []), client])
  }
  if (nowMs - startedAtMs < patienceMs) return []
  return [...senders].flatMap(([sender, known]) => {
    if (!codexServices.includes(known[0]?.service ?? '')) return []
    return signals.options
      .filter((signal) => !known.some((client) => client.signal === signal && client.records > 0))
      .map((signal) => ({ sender, signal, why: codexReasons[signal] }))
  })
}

/** Names of receivers that do not listen. */
export function deafReceivers({ grpc, http }: Status['receivers']): readonly string[] {
  return [...(http.error === null ? [] : ['OTLP/HTTP']), ...(grpc.error === null ? [] : ['OTLP/gRPC'])]
}
