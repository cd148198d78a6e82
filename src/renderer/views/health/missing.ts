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
  logs: 'Codex sends logs within a second. None came: otel.exporter names no receiver here, or “none”.',
  traces:
    'Codex sends spans about 10 s into a run and when it ends well. None came: otel.trace_exporter is not set, or the run failed or was interrupted before.',
  metrics:
    'Codex sends metrics once a minute and when it ends well. None came: otel.metrics_exporter is not set (it goes to Statsig then), or the run was shorter and did not end well.',
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

/** What stays dark although everything is set up; each was seen with Codex 0.169.0 and 0.171.0. */
export const codexHoles: readonly string[] = [
  'A codex exec that fails or is interrupted ends without sending what it still holds: a few logs, no spans, no metrics. Its errors show only where logs had left by then.',
  'Metrics come once a minute and at a clean end; spans about 10 s into a run, then every 5 s; logs every second.',
  'A span leaves when all below it have ended, so the parents come last: a turn is drawn from its logs and leaf spans until then.',
  'session_loop, the span of a whole thread, comes when the thread is unloaded: last, or never.',
  'Nothing is sent twice. What Codex sends while Colophon is closed, paused or refuses it is lost.',
  'The background process of the TUI keeps the settings that it started with, and its threads outlive the TUI.',
]
