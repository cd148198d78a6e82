const skipped = /(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y
const word = /[a-z_]*/iy

/** The words that a statement begins with, behind and between comments, in small letters. */
function* words(sql: string): Generator<string, void> {
  for (let at = 0; ;) {
    skipped.lastIndex = at
    skipped.test(sql)
    word.lastIndex = skipped.lastIndex
    const found = word.exec(sql)?.[0] ?? ''
    if (found === '') return
    yield found.toLowerCase()
    at = word.lastIndex
  }
}

const queries: ReadonlySet<string> = new Set(['select', 'with', 'values'])

/**
 * Whether a statement is one that reads. SQLite obeys some statements when they are prepared, `EXPLAIN PRAGMA` too, so they are looked
 * at before it sees them.
 */
export function isReading(sql: string): boolean {
  const [first = '', second = '', third = '', fourth = ''] = words(sql)
  if (first !== 'explain') return queries.has(first)
  return queries.has(second) || (second === 'query' && third === 'plan' && queries.has(fourth))
}
