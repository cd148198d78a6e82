import type { Counters, Status } from '../contract/status.ts'
import { signal as signals, type Signal } from '../model/signal.ts'
import type { Stored } from './store/messages.ts'

type Transport = Status['clients'][number]['transport']

/** What has come in since the start, by signal and by client. Kept in memory, on the host's thread. */
export interface ReceiverCounters {
  stored(signal: Signal, transport: Transport, stored: Stored): void
  /** A request that never reached the store. */
  refused(signal: Signal | null): void
  read(): Pick<Status, 'signals' | 'clients' | 'recordsPerSecond'>
}

/** Clients are told apart by what they say of themselves; more than this many are counted as one. */
const mostClients = 500
const rateSeconds = 5

export function receiverCounters(): ReceiverCounters {
  const bySignal = new Map<Signal, Counters>(signals.options.map((signal) => [signal, zero()]))
  const byClient = new Map<string, Status['clients'][number]>()
  const recent: { signal: Signal; second: number; records: number }[] = []

  function clientOf(signal: Signal, transport: Transport, { service, version }: Stored): Counters {
    const known = byClient.get(`${service}\n${version}\n${signal}\n${transport}`)
    if (known !== undefined) return known
    const isRoom = byClient.size < mostClients
    const client = {
      ...zero(),
      signal,
      transport,
      service: isRoom ? service : 'others',
      version: isRoom ? version : '',
    }
    const key = `${client.service}\n${client.version}\n${signal}\n${transport}`
    const shared = byClient.get(key)
    if (shared !== undefined) return shared
    byClient.set(key, client)
    return client
  }

  return {
    stored(signal, transport, stored) {
      const { accepted } = stored
      const records = accepted.kind === 'stored' && !stored.repeated ? accepted.records : 0
      const refused = accepted.kind === 'stored' ? accepted.rejected : 1
      for (const counters of [bySignal.get(signal), clientOf(signal, transport, stored)]) {
        if (counters === undefined) continue
        counters.requests++
        counters.records += records
        counters.bytes += stored.bytes
        counters.refused += refused
        counters.repeated += stored.repeated ? 1 : 0
        counters.cut += stored.cut
        counters.lastSeenAtMs = Date.now()
      }
      note(recent, signal, records)
    },
    refused(signal) {
      const counters = signal === null ? undefined : bySignal.get(signal)
      if (counters === undefined) return
      counters.requests++
      counters.refused++
    },
    read() {
      const of = (signal: Signal): Counters => ({ ...(bySignal.get(signal) ?? zero()) })
      return {
        signals: { traces: of('traces'), logs: of('logs'), metrics: of('metrics') },
        clients: [...byClient.values()].map((client) => ({ ...client })),
        recordsPerSecond: {
          traces: rate(recent, 'traces'),
          logs: rate(recent, 'logs'),
          metrics: rate(recent, 'metrics'),
        },
      }
    },
  }
}

function zero(): Counters {
  return { requests: 0, records: 0, bytes: 0, refused: 0, repeated: 0, cut: 0, lastSeenAtMs: null }
}

type Recent = { signal: Signal; second: number; records: number }[]

function note(recent: Recent, signal: Signal, records: number): void {
  const second = Math.floor(Date.now() / 1000)
  const last = recent.findLast((entry) => entry.signal === signal)
  if (last?.second === second) last.records += records
  else recent.push({ signal, second, records })
  while ((recent[0]?.second ?? second) < second - rateSeconds) recent.shift()
}

function rate(recent: Recent, signal: Signal): number {
  const from = Date.now() / 1000 - rateSeconds
  const sum = recent
    .filter((entry) => entry.signal === signal && entry.second >= from - 1)
    .reduce((total, { records }) => total + records, 0)
  return sum / rateSeconds
}
