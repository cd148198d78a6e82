import { z } from 'zod'
import { besideDatabase, makeAgain } from '../store/beside-database.ts'
import type { Db } from '../store/database.ts'

/** Of each destination, by the header's name. */
export const headerValues = besideDatabase('forwarding-keys.json', z.record(z.string(), z.string()))

export function forgetHeaderValues(db: Db, destination: string): void {
  const { [destination]: gone, ...others } = headerValues.read(db)
  if (gone !== undefined) headerValues.write(db, others)
}

const row = z.looseObject({ headers: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })) })

/** Older versions kept values in the database. */
export function moveHeaderValuesOut(db: Db): void {
  const rows = db
    .prepare<[], { id: string; value: string }>('SELECT id, value FROM forward_destination ORDER BY rowid')
    .all()
    .map(({ id, value }) => ({ id, ...row.parse(JSON.parse(value)) }))
  const held = rows.map(({ id, headers }) => ({ id, headers: headers.filter(({ value }) => value !== undefined) }))
  if (held.every(({ headers }) => headers.length === 0)) return
  const values = { ...headerValues.read(db) }
  for (const { id, headers } of held)
    values[id] = { ...values[id], ...Object.fromEntries(headers.map(({ name, value = '' }) => [name, value])) }
  headerValues.write(db, values)

  makeAgain(db, 'forward_destination', () => {
    const add = db.prepare('INSERT INTO forward_destination (id, value) VALUES (?, ?)')
    for (const { headers, ...rest } of rows)
      add.run(rest.id, JSON.stringify({ ...rest, headers: headers.map(({ name }) => ({ name })) }))
  })
}
