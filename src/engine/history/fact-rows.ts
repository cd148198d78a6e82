import type { Place, RolloutFact, Usage } from '../../model/codex/rollout/facts.ts'
import type { Db } from '../store/database.ts'
import { rolloutStatements, sqlOf, type RolloutStatement } from './rollout-statements.ts'

type Kind = RolloutFact['fact']

/** What is told of one row, by kind: the last of a kind counts. */
type Row = Map<Kind, RolloutFact>

/**
 * Writes facts as rows. What several lines tell of one turn or call is written at once, as far as it comes at once: a call has three
 * lines, and a row with three long keys is found and written three times otherwise.
 */
export function factRowWriter(db: Db): (facts: readonly RolloutFact[], rolloutId: string) => void {
  const statements = new Map<string, ReturnType<Db['prepare']>>()
  const statementFor = (kinds: readonly Kind[]) => {
    const name = kinds.join(' ')
    const known = statements.get(name)
    if (known !== undefined) return known
    const [first, ...others] = kinds.map((kind) => rolloutStatements[kind])
    if (first === undefined) throw new Error('a row is told by something')
    const made = db.prepare(sqlOf([first, ...others]))
    statements.set(name, made)
    return made
  }

  return (facts, rolloutId) => {
    const rows = new Map<string, Row>()
    for (const fact of facts) {
      const { key, table } = rolloutStatements[fact.fact]
      if (key === null) {
        statementFor([fact.fact]).run(valuesOf(fact, rolloutId, rolloutStatements[fact.fact], 0))
        continue
      }
      const id = `${table} ${'sessionId' in fact ? fact.sessionId : ''} ${'callId' in fact ? fact.callId : 'turnId' in fact ? String(fact.turnId) : ''}`
      const row = rows.get(id)
      if (row === undefined) rows.set(id, new Map([[fact.fact, fact]]))
      else row.set(fact.fact, fact)
    }
    for (const row of rows.values()) {
      const kinds = [...row.keys()].sort()
      const values = kinds.flatMap((kind, index) => {
        const fact = row.get(kind)
        const statement = rolloutStatements[kind]
        return fact === undefined
          ? []
          : valuesOf(fact, rolloutId, statement, index === 0 ? 0 : (statement.key?.length ?? 0))
      })
      statementFor(kinds).run(values)
    }
  }
}

/** SQLite has no booleans, and no objects: a usage and a place become columns. By position, since names cost as much as the insert. */
function valuesOf(fact: RolloutFact, file: string, { names }: RolloutStatement, from: number): unknown[] {
  const { usage, place } = fact as { usage?: Usage; place?: Place }
  const own = fact as unknown as Readonly<Record<string, unknown>>
  const values: unknown[] = []
  for (let i = from; i < names.length; i++) {
    const name = names[i] ?? ''
    if (name === 'file') values.push(file)
    else if (name === 'offset') values.push(place?.offset)
    else if (name === 'bytes') values.push(place?.length)
    else {
      const value = own[name] ?? usage?.[name as keyof Usage] ?? null
      values.push(typeof value === 'boolean' ? Number(value) : value)
    }
  }
  return values
}
