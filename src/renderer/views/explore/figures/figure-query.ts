import type { LocationQuery, RouteLocationRaw } from 'vue-router'
import type { Value } from '../../../../contract/index.ts'
import { viewOf, type PanelEntry } from '../../../charts/rows.ts'
import { sessionAt, sessionLink, sessionNear } from '../session-link.ts'

/** Of the columns that tell a panel's rows apart, the values whose rows are meant. */
export type RowValues = Readonly<Record<string, (string | number)[]>>

/** Which figure is looked at. */
export interface FigureChoice {
  readonly panel: string
  readonly figure: string
  readonly of: RowValues
}

/** As it stands in a link: `of=status:503`. A number is marked, so that it comes back as one. */
export function figureQuery({ panel, figure, of }: FigureChoice): { panel: string; figure: string; of: string[] } {
  return {
    panel,
    figure,
    of: Object.entries(of).flatMap(([column, values]) =>
      values.map((value) => (typeof value === 'number' ? `${column}:=${value}` : `${column}:${value}`)),
    ),
  }
}

/** Pairs of a link by column; what is none is passed over. */
export function rowValues(of: LocationQuery[string] | undefined): RowValues {
  const values: Record<string, (string | number)[]> = {}
  for (const pair of [of].flat()) {
    const at = pair?.indexOf(':') ?? -1
    if (!pair || at < 1) continue
    const [column, text] = [pair.slice(0, at), pair.slice(at + 1)]
    const number = /^=-?\d/.test(text) ? Number(text.slice(1)) : NaN
    values[column] = [...(values[column] ?? []), Number.isFinite(number) ? number : text]
  }
  return values
}

/** The figures of a panel that are made of something, as the panel calls them. */
export function figuresOf(entry: PanelEntry): readonly { readonly column: string; readonly label: string }[] {
  const labels = labelsOf(entry)
  return Object.entries(entry.behind).flatMap(([column, behind]) =>
    behind.is === 'metric' ? [] : [{ column, label: labels.get(column) ?? entry.title }],
  )
}

function labelsOf(entry: PanelEntry): ReadonlyMap<string, string> {
  const view = viewOf(entry)
  const named: { readonly column: string; readonly label: string }[] = 'more' in view ? [...(view.more ?? [])] : []
  if (view.kind === 'stat' && view.label !== undefined) named.push({ column: view.value, label: view.label })
  if (view.kind === 'time') named.push(...view.series)
  if (view.kind === 'table') named.push(...view.columns)
  if (view.kind === 'histogram')
    named.push({ column: view.value, label: view.label }, ...(view.beside ? [view.beside] : []))
  return new Map(named.map(({ column, label }) => [column, label]))
}

export type FigureRow = Value<'panel.behind'>['rows'][number]

interface Thing {
  /** As a head of its column, and counted. */
  readonly one: string
  readonly count: string
}

const things: Readonly<Record<FigureRow['kind'], Thing>> = {
  response: { one: 'Model call', count: 'model call' },
  request: { one: 'Request', count: 'request' },
  tool: { one: 'Tool', count: 'tool call' },
  decision: { one: 'Tool', count: 'decision' },
  turn: { one: 'Turn', count: 'turn' },
  prompt: { one: 'Prompt', count: 'prompt' },
  session: { one: 'Originator', count: 'session' },
  app: { one: 'Call', count: 'call' },
}

/** What the rows are called; of several kinds, things. */
export function thingOf(rows: readonly FigureRow[]): Thing {
  const kinds = new Set(rows.map(({ kind }) => things[kind]))
  const [only] = kinds
  return kinds.size === 1 && only ? only : { one: 'What', count: 'thing' }
}

export function sessionOf({ sessionId }: FigureRow): RouteLocationRaw | null {
  return sessionId === null ? null : sessionLink(sessionId)
}

/** Where a thing is: at its row, its span or its moment of the session. null where it names none. */
export function placeOf(row: FigureRow): RouteLocationRaw | null {
  const { kind, sessionId, timeMs } = row
  if (sessionId === null) return null
  const place = sessionAt(sessionId, row)
  if (place !== null) return place
  if (kind === 'response' || kind === 'request') return sessionNear(sessionId, timeMs, 'api_call')
  if (kind === 'prompt') return sessionNear(sessionId, timeMs, 'turn')
  return sessionLink(sessionId)
}
