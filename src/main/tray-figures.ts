import { procedures } from '../contract/index.ts'
import type { Params, ProcedureName, Value } from '../contract/index.ts'
import type { Engine } from '../engine/engine.ts'
import { usd } from '../contract/money.ts'
import { sessionName } from '../contract/session-name.ts'
import { visible } from '../contract/visible.ts'

/** What the tray's menu tells. */
export interface TrayFigures {
  /** Ports that are listened on. */
  readonly ports: readonly string[]
  readonly paused: boolean
  /** Why nothing is stored, though it is received; null: it is. */
  readonly trouble: string | null
  /** Estimated cost since midnight, in US dollars; null: nothing known. */
  readonly todayUsd: number | null
  readonly last: { readonly id: string; readonly title: string } | null
}

const titleLength = 48

export async function readTrayFigures(
  engine: Pick<Engine, 'dispatch'>,
  paused: boolean,
  now: Date,
): Promise<TrayFigures> {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const range = { fromMs: midnight.getTime(), toMs: now.getTime() }
  const [status, sessions, cost] = await Promise.all([
    ask(engine, 'status', {}),
    ask(engine, 'session.list', { limit: 1, helpers: false, apps: 'all' }),
    ask(engine, 'panel.run', { panel: 'cost-total', ...range, filters: { helpers: true } }),
  ])
  const addresses = status ? [status.receivers.grpc.address, status.receivers.http.address] : []
  const stopping = status?.troubles.find(({ stopsStoring, endedMs }) => stopsStoring && endedMs === null)
  const [last] = sessions?.sessions ?? []
  const usd = cost?.rows[0]?.['costUsd']
  return {
    ports: addresses.flatMap((address) => (address === null ? [] : [address.slice(address.lastIndexOf(':') + 1)])),
    paused,
    trouble: stopping === undefined ? null : (stopping.words.split('. ')[0] ?? ''),
    todayUsd: typeof usd === 'number' ? usd : null,
    last: last ? { id: last.id, title: cut(sessionName(last)) } : null,
  }
}

export function stateWords({ ports, paused, trouble }: TrayFigures): string {
  if (paused) return 'Paused: nothing is received'
  if (trouble !== null) return `Not storing: ${cut(trouble)}`
  return ports.length === 0 ? 'Not receiving: no port available' : `Receiving on ${ports.join(' and ')}`
}

export function costWords({ todayUsd }: TrayFigures): string {
  return todayUsd === null ? 'Today: cost not known' : `Today: ${usd(todayUsd)}, estimated`
}

function cut(title: string): string {
  const line = visible(title.replace(/\s+/g, ' ').trim())
  return line.length > titleLength ? `${line.slice(0, titleLength - 1)}…` : line
}

async function ask<N extends ProcedureName>(
  engine: Pick<Engine, 'dispatch'>,
  name: N,
  params: Params<N>,
): Promise<Value<N> | null> {
  const result = await engine.dispatch(name, params)
  return result.ok ? (procedures[name].result.parse(result.value) as Value<N>) : null
}
