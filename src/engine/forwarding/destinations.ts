import { randomUUID } from 'node:crypto'
import type { DestinationDraft, DestinationShown, ForwardBound } from '../../contract/forwarding.ts'
import { defaultBound, forwardBound } from '../../contract/forwarding.ts'
import { ProcedureError } from '../../contract/result.ts'
import { destination as destinationSchema, type Destination } from '../../model/forwarding/destination.ts'
import { maskValue } from '../../model/forwarding/mask.ts'
import type { Db } from '../store/database.ts'
import { headerValues } from './header-values.ts'

/** A header whose value is not there: the database was copied without the file of keys. Nothing is sent without it. */
export const lostValue = ''

interface Row {
  readonly id: string
  readonly headers: readonly { readonly name: string }[]
}

/** Header values included: what this returns stays in the engine. */
export function readDestinations(db: Db): readonly Destination[] {
  const rows = db.prepare<[], string>('SELECT value FROM forward_destination ORDER BY rowid').pluck().all()
  const values = headerValues.read(db)
  return rows.flatMap((text) => {
    const row = JSON.parse(text) as Row
    const kept = new Map(Object.entries(values[row.id] ?? {}))
    const headers = row.headers.map(({ name }) => ({ name, value: kept.get(name) ?? 'lost' }))
    const read = destinationSchema.safeParse({ ...row, headers }).data
    if (read === undefined) return []
    return {
      ...read,
      headers: read.headers.map((header) => (kept.has(header.name) ? header : { ...header, value: lostValue })),
    }
  })
}

/** The draft as a destination, its untouched header values taken from what is stored. Throws ProcedureError. */
export function completed(draft: DestinationDraft, known: readonly Destination[]): Destination {
  const stored = known.find(({ id }) => id === draft.id)
  if (draft.id !== undefined && stored === undefined)
    throw new ProcedureError('not_found', 'there is no such destination')
  const headers = draft.headers.map(({ name, value }) => {
    const kept = value ?? stored?.headers.find((header) => header.name === name)?.value ?? lostValue
    if (kept === lostValue) throw new ProcedureError('bad_request', `headers: ${name} has no value`)
    return { name, value: kept }
  })
  // A value was given for one endpoint: whoever names another one must give it again.
  const isKept = draft.headers.some(({ value }) => value === null)
  if (isKept && stored !== undefined && originOf(stored.url) !== originOf(draft.url))
    throw new ProcedureError('bad_request', 'headers: enter the values again, because the URL has changed')
  const parsed = destinationSchema.safeParse({ ...draft, id: draft.id ?? randomUUID(), headers })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProcedureError('bad_request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`)
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*/i.exec(url)?.[0].toLowerCase() ?? ''
}

export function shown({ headers, ...rest }: Destination): DestinationShown {
  const masked = (value: string): string => (value === lostValue ? 'missing: enter it again' : maskValue(value))
  return { ...rest, headers: headers.map(({ name, value }) => ({ name, masked: masked(value) })) }
}

/** `change` is what the database is told. Both or neither: a key must not go to the endpoint of the row that is left. */
export function writeDestination(db: Db, { headers, ...rest }: Destination, change: (write: () => void) => void): void {
  const before = headerValues.read(db)
  const values = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
  const row = { ...rest, headers: headers.map(({ name }) => ({ name })) }
  headerValues.write(db, { ...before, [rest.id]: values })
  try {
    change(() => {
      db.prepare(
        'INSERT INTO forward_destination (id, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ).run(rest.id, JSON.stringify(row))
    })
  } catch (error) {
    headerValues.write(db, before)
    throw error
  }
}

const boundKey = 'forwarding'

export function readBound(db: Db): ForwardBound {
  const row = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(boundKey)
  return (row === undefined ? undefined : forwardBound.safeParse(JSON.parse(row)).data) ?? defaultBound
}

export function writeBound(db: Db, bound: ForwardBound): void {
  db.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
    boundKey,
    JSON.stringify(bound),
  )
}
