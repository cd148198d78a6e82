import type { Counters, Status } from '../contract/status.ts'
import { signal as signals, type Signal } from '../model/signal.ts'
import type { Stored } from './store/messages.ts'

type Client = Status['clients'][number]
type Transport = Client['transport']

/** What has come in since the start, by signal and by client. Kept in memory, on the host's thread. */
export interface ReceiverCounters {
  /** A body goes to the store; the result is called with what the store has answered. */
  begin(signal: Signal, transport: Transport): (stored: Stored) => void
  /** A request that never reached the store. */
  refused(signal: Signal | null): void
  read(): Pick<Status, 'signals' | 'clients' | 'recordsPerSecond' | 'acknowledged'>
}

/** Clients are told apart by what they say of themselves; more than this many are counted as one. */
const mostClients = 500
const rateSeconds = 5
/** Of the last so many bodies it is known how long they took: more than a minute of a busy Codex. */
const timesKept = 1000

export function receiverCounters(): ReceiverCounters {
  const bySignal = new Map<Signal, Counted>(signals.options.map((signal) => [signal, counted()]))
  const byClient = new Map<string, Counted & Pick<Client, 'signal' | 'transport' | 'service' | 'version'>>()
  const times: number[] = []
  let waiting = 0

  function clientOf(signal: Signal, transport: Transport, { service, version }: Stored): Counted {
    const known = byClient.get(`${service}\n${version}\n${signal}\n${transport}`)
    if (known !== undefined) return known
    const isRoom = byClient.size < mostClients
    const named = isRoom ? { service, version } : { service: 'others', version: '' }
    const key = `${named.service}\n${named.version}\n${signal}\n${transport}`
    const shared = byClient.get(key)
    if (shared !== undefined) return shared
    const client = { ...counted(), signal, transport, ...named }
    byClient.set(key, client)
    return client
  }

  function count(signal: Signal, transport: Transport, stored: Stored): void {
    const { accepted } = stored
    const records = accepted.kind === 'stored' && !stored.repeated ? accepted.records : 0
    const refused = accepted.kind === 'stored' ? accepted.rejected : 1
    for (const each of [bySignal.get(signal), clientOf(signal, transport, stored)]) {
      if (each === undefined) continue
      const { counters } = each
      counters.requests++
      counters.records += records
      counters.bytes += stored.bytes
      counters.refused += refused
      counters.repeated += stored.repeated ? 1 : 0
      counters.cut += stored.cut
      counters.edited += stored.edited
      counters.lastSeenAtMs = Date.now()
      note(each.recent, records)
    }
  }

  return {
    begin(signal, transport) {
      const begun = performance.now()
      waiting++
      return (stored) => {
        waiting--
        if (isEmpty(stored)) return
        times.push(performance.now() - begun)
        if (times.length > timesKept) times.shift()
        count(signal, transport, stored)
      }
    },
    refused(signal) {
      const counters = signal === null ? undefined : bySignal.get(signal)?.counters
      if (counters === undefined) return
      counters.requests++
      counters.refused++
    },
    read() {
      const of = (signal: Signal): Counted => bySignal.get(signal) ?? counted()
      const bySignals = <T>(value: (of: Counted) => T): Record<Signal, T> => ({
        traces: value(of('traces')),
        logs: value(of('logs')),
        metrics: value(of('metrics')),
      })
      return {
        signals: bySignals(({ counters }) => ({ ...counters })),
        clients: [...byClient.values()].map(({ counters, recent, ...client }) => ({
          ...counters,
          ...client,
          recordsPerSecond: rate(recent),
        })),
        recordsPerSecond: bySignals(({ recent }) => rate(recent)),
        acknowledged: { waiting, ...percentiles(times) },
      }
    },
  }
}

/** A test of the way, as a doctor makes it, in whatever encoding: nobody has been heard of. */
function isEmpty({ accepted }: Stored): boolean {
  return accepted.kind === 'stored' && accepted.records === 0 && accepted.rejected === 0
}

type Recent = { second: number; records: number }[]

interface Counted {
  readonly counters: Counters
  readonly recent: Recent
}

function counted(): Counted {
  const counters = { requests: 0, records: 0, bytes: 0, refused: 0, repeated: 0, cut: 0, edited: 0, lastSeenAtMs: null }
  return { counters, recent: [] }
}

function note(recent: Recent, records: number): void {
  const second = Math.floor(Date.now() / 1000)
  const last = recent.at(-1)
  if (last?.second === second) last.records += records
  else recent.push({ second, records })
  while ((recent[0]?.second ?? second) < second - rateSeconds) recent.shift()
}

function rate(recent: Recent): number {
  const from = Date.now() / 1000 - rateSeconds
  const sum = recent.filter(({ second }) => second >= from - 1).reduce((total, { records }) => total + records, 0)
  return sum / rateSeconds
}

function percentiles(times: readonly number[]): Omit<Status['acknowledged'], 'waiting'> {
  const ascending = times.toSorted((a, b) => a - b)
  const at = (share: number): number | null =>
    ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? null
  return { requests: times.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: ascending.at(-1) ?? null }
}
