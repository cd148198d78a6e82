import type { FoundWords, WordHit, WordsParams } from '../../../contract/words.ts'
import type { Called } from '../../../model/session/name.ts'
import type { ToldLine } from '../../../model/codex/conversation/entry.ts'
import type { Quoting } from '../../../model/codex/conversation/quote.ts'
import { snippetOf } from '../../../model/codex/search/snippet.ts'
import { wantedOf, type Wanted } from '../../../model/codex/search/terms.ts'
import type { Db } from '../../store/database.ts'
import { isMissing } from '../find-rollouts.ts'
import { readLines } from '../conversation/read-lines.ts'
import { linesWithWords, textsOf, type WordedEntry } from './entry-words.ts'
import { unpackEntry } from './packed-entry.ts'

interface Row {
  readonly id: number
  readonly sessionId: string
  readonly rolloutId: string
  readonly path: string
  readonly packed: Buffer
}

type Candidate = Omit<Row, 'packed'> & WordedEntry

/** A hit before the session that it belongs to is looked up. */
export type Hit = Omit<WordHit, keyof Called>

export interface WordFinder {
  /** The newest first, from `before` on. */
  readonly find: (
    params: WordsParams,
    quoting: Quoting,
  ) => Promise<Omit<FoundWords, 'hits' | 'state'> & { hits: Hit[] }>
  /** Sessions in which they all occur, in one entry: the newest, as many as are found in a moment. */
  readonly sessions: (words: string) => string[]
}

/** Candidates that are looked up at once; more where many are filtered out. */
const [fewAtOnce, mostAtOnce] = [64, 4096]
/** After so long what was found is answered, and where to go on. */
const findForMs = 60
const sessionsForMs = 50

const fileOfEntry = '(SELECT file FROM run WHERE first_id <= entry.id ORDER BY first_id DESC LIMIT 1)'

export function wordFinder(db: Db): WordFinder {
  // The index is asked for ids alone, the newest first, and stops as soon as it has so many.
  const candidates = db.prepare<[{ match: string; before: number; limit: number }], number>(
    'SELECT rowid FROM words WHERE words MATCH @match AND rowid < @before ORDER BY rowid DESC LIMIT @limit',
  )
  const entries = db.prepare<[object], Row>(
    `SELECT entry.id AS id, thread_id AS sessionId, rollout_id AS rolloutId, file.path AS path, packed
     FROM json_each(@ids) JOIN entry ON entry.id = value JOIN file ON file.id = ${fileOfEntry}
     WHERE @sessionId IS NULL OR thread_id = @sessionId ORDER BY entry.id DESC`,
  )
  const threads = db
    .prepare<[string], string>(
      `SELECT DISTINCT thread_id FROM json_each(?) JOIN entry ON entry.id = value JOIN file ON file.id = ${fileOfEntry}`,
    )
    .pluck()

  /** The newest first; `isLast` where there are no more of them. */
  function* ids(match: string, before: number): Generator<{ some: number[]; isLast: boolean }> {
    for (let [from, limit] = [before, fewAtOnce]; ; limit = Math.min(mostAtOnce, limit * 4)) {
      const some = candidates.pluck().all({ match, before: from, limit })
      const isLast = some.length < limit
      yield { some, isLast }
      if (isLast) return
      from = some.at(-1) ?? 0
    }
  }

  return {
    async find({ words, kinds, sessionId = null, fromMs = null, toMs = null, limit, before }, quoting) {
      const until = performance.now() + findForMs
      const wanted = wantedOf(words, kinds)
      const hits: Hit[] = []
      let last = before ?? Number.MAX_SAFE_INTEGER
      if (wanted.match === null) return { hits, before: null }
      for (const { some, isLast } of ids(wanted.match, last)) {
        const rows = entries
          .all({ ids: JSON.stringify(some), sessionId })
          .map(({ packed, ...row }): Candidate => ({ ...row, ...unpackEntry(packed) }))
          .filter(({ atMs }) => (fromMs === null || atMs >= fromMs) && (toMs === null || atMs < toMs))
        for (let at = 0; at < rows.length;) {
          const page = rows.slice(at, at + limit - hits.length)
          for (const hit of await hitsOf(page, wanted, quoting)) hits.push(hit)
          at += page.length
          last = page.at(-1)?.id ?? last
          if (isLast && at >= rows.length) break
          if (hits.length >= limit || (hits.length > 0 && performance.now() > until)) return { hits, before: last }
        }
        last = some.at(-1) ?? last
        if (!isLast && performance.now() > until) return { hits, before: last }
      }
      return { hits, before: null }
    },
    sessions(words) {
      const until = performance.now() + sessionsForMs
      const { match } = wantedOf(words)
      const found = new Set<string>()
      if (match === null) return []
      for (const { some } of ids(match, Number.MAX_SAFE_INTEGER)) {
        for (const id of threads.all(JSON.stringify(some))) found.add(id)
        if (performance.now() > until) break
      }
      return [...found]
    },
  }
}

/** Their words are read from Codex's files; what does not hold them as they are wanted, or any more, is left out. */
async function hitsOf(worded: readonly Candidate[], wanted: Wanted, quoting: Quoting): Promise<Hit[]> {
  const files = new Map<string, ReadonlyMap<number, ToldLine> | 'gone' | 'unreadable'>()
  for (const { path } of worded) {
    if (files.has(path)) continue
    const lines = worded.filter((row) => row.path === path).flatMap((row) => linesWithWords(row.lines))
    files.set(path, await readLines(path, path.endsWith('.zst'), lines).catch(problemOf))
  }
  return worded.flatMap((row): Hit[] => {
    const told = files.get(row.path) ?? 'gone'
    const { sessionId, kind, atMs, path } = row
    const hit = { sessionId, kind, atMs, path, key: keyOf(row) }
    if (typeof told === 'string') return [{ ...hit, problem: told, snippet: null }]
    const snippet = snippetOf(textsOf(row, told, quoting), wanted)
    return snippet === null ? [] : [{ ...hit, problem: null, snippet }]
  })
}

function problemOf(error: unknown): 'gone' | 'unreadable' {
  return isMissing(error) ? 'gone' : 'unreadable'
}

function keyOf({ rolloutId, lines }: WordedEntry): string {
  return `${rolloutId}@${String(lines[0]?.place.offset ?? 0)}`
}
