import type { Found } from './body-scan.ts'
import { spellingsOf } from './byte-search.ts'

/** What was found in a body, whichever job it was taken from. */
export type FoundHere = Omit<Found, 'body'>

/** What is known of one query: the bodies that were looked through, and what was found where. By the bodies' ids. */
interface Known {
  readonly looked: Set<number>
  readonly found: Map<number, FoundHere>
}

/**
 * What searches of a session have found, body by body. The bytes of a body never change, so of a session that grows only the bodies that
 * are new have to be unpacked, of a word that is typed on only those in which its beginning stands, and of a word that was looked for
 * before none.
 */
export interface SearchMemory {
  /** What was found in these bodies, and which of them have to be looked through. */
  recall(sessionId: string, query: string, bodies: Int32Array): { found: Map<number, FoundHere>; missing: Int32Array }
  /** After `recall` for the same: what the missing ones turned out to hold. */
  keep(sessionId: string, query: string, looked: Int32Array, found: ReadonlyMap<number, FoundHere>): void
}

const mostQueries = 16
/** Places of records, four bytes each. */
const mostPlaces = 2_000_000

export function searchMemory(): SearchMemory {
  let session = ''
  /** The one asked for last stands last. */
  const queries = new Map<string, Known>()

  /** A session that lost bodies may get others under their ids. */
  function forgetUnlessSame(sessionId: string, bodies: Int32Array): void {
    const here = new Set(bodies)
    const areHere = ({ looked }: Known): boolean => [...looked].every((body) => here.has(body))
    const isSame = session === sessionId && [...queries.values()].every(areHere)
    if (!isSame) queries.clear()
    session = sessionId
  }

  function shorten(): void {
    let places = [...queries.values()].reduce((sum, known) => sum + placesIn(known), 0)
    for (const [query, known] of queries) {
      if (queries.size <= mostQueries && places <= mostPlaces) return
      queries.delete(query)
      places -= placesIn(known)
    }
  }

  return {
    recall(sessionId, query, bodies) {
      forgetUnlessSame(sessionId, bodies)
      const known = queries.get(query)
      const wider = [...queries].filter(([other]) => isWider(other, query)).map(([, of]) => of)
      const isKnown = (body: number): boolean =>
        known?.looked.has(body) === true || wider.some(({ looked, found }) => looked.has(body) && !found.has(body))
      return { found: new Map(known?.found), missing: bodies.filter((body) => !isKnown(body)) }
    },
    keep(sessionId, query, looked, found) {
      if (sessionId !== session) return
      const known: Known = queries.get(query) ?? { looked: new Set(), found: new Map() }
      queries.delete(query)
      for (const body of looked) known.looked.add(body)
      for (const [body, here] of found) known.found.set(body, here)
      // Of a word that stands nearly everywhere the others would have to give way.
      if (placesIn(known) > mostPlaces) return
      queries.set(query, known)
      shorten()
    },
  }
}

function placesIn({ found }: Known): number {
  let places = 0
  for (const here of found.values()) places += here.places.length
  return places
}

/** Whether a body in which `query` stands, in any spelling, is one in which `other` does. */
function isWider(other: string, query: string): boolean {
  const begins = spellingsOf(other)
  return spellingsOf(query).every((word) => begins.some((begin) => word.startsWith(begin)))
}
