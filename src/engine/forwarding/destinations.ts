import { randomUUID } from 'node:crypto'
import type { DestinationDraft, DestinationShown, ForwardBound } from '../../contract/forwarding.ts'
import { defaultBound, forwardBound } from '../../contract/forwarding.ts'
import { ProcedureError } from '../../contract/result.ts'
import { destination as destinationSchema, type Destination } from '../../model/forwarding/destination.ts'
import { maskValue } from '../../model/forwarding/mask.ts'
import type { Db } from '../store/database.ts'

/** Header values included: what this returns stays in the engine. */
export function readDestinations(db: Db): readonly Destination[] {
  const rows = db.prepare<[], string>('SELECT value FROM forward_destination ORDER BY rowid').pluck()
  return rows.all().flatMap((row) => destinationSchema.safeParse(JSON.parse(row)).data ?? [])
}

/** The draft as a destination, its untouched header values taken from what is stored. Throws ProcedureError. */
export function completed(draft: DestinationDraft, known: readonly Destination[]): Destination {
  const stored = known.find(({ id }) => id === draft.id)
  if (draft.id !== undefined && stored === undefined)
    throw new ProcedureError('not_found', 'there is no such destination')
  const headers = draft.headers.map(({ name, value }) => {
    const kept = value ?? stored?.headers.find((header) => header.name === name)?.value
    if (kept === undefined) throw new ProcedureError('bad_request', `headers: ${name} has no value`)
    return { name, value: kept }
  })
  // A value was given for one endpoint: whoever names another one must give it again.
  const isKept = draft.headers.some(({ value }) => value === null)
  if (isKept && stored !== undefined && originOf(stored.url) !== originOf(draft.url))
    throw new ProcedureError('bad_request', 'headers: enter the values again, because the URL is another one now')
  const parsed = destinationSchema.safeParse({ ...draft, id: draft.id ?? randomUUID(), headers })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProcedureError('bad_request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`)
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*/i.exec(url)?.[0].toLowerCase() ?? ''
}

export function shown({ headers, ...rest }: Destination): DestinationShown {
  return { ...rest, headers: headers.map(({ name, value }) => ({ name, masked: maskValue(value) })) }
}

export function writeDestination(db: Db, destination: Destination): void {
  db.prepare(
    'INSERT INTO forward_destination (id, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(destination.id, JSON.stringify(destination))
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
