import { sessionName } from '../../../../model/session/name.ts'
import type { Facet } from '../facet.ts'
import type { SecretRecord } from './use-secret-scan.ts'

/** Where one names no session. */
export const noSession = 'none'

/** So many sessions stand beside the list; the others are in it. */
const mostSessions = 50

export interface SecretChoice {
  readonly kinds: readonly string[]
  readonly sessions: readonly string[]
}

const sessionOf = ({ sessionId }: SecretRecord): string => sessionId ?? noSession
const isOfKinds = ({ places }: SecretRecord, kinds: readonly string[]): boolean =>
  kinds.length === 0 || places.some(({ kind }) => kinds.includes(kind))

/** Secrets of a record, of the kinds that are chosen. */
export function secretsIn({ places }: SecretRecord, kinds: readonly string[] = []): number {
  return places.reduce((sum, { kind, count }) => sum + (kinds.length === 0 || kinds.includes(kind) ? count : 0), 0)
}

export function chosenRecords(found: readonly SecretRecord[], { kinds, sessions }: SecretChoice): SecretRecord[] {
  return found.filter(
    (record) => isOfKinds(record, kinds) && (sessions.length === 0 || sessions.includes(sessionOf(record))),
  )
}

/** Secrets by kind and by session, each counted over what the other choice lets through; the most first. */
export function secretFacets(
  found: readonly SecretRecord[],
  { kinds, sessions }: SecretChoice,
): { readonly kinds: readonly Facet[]; readonly sessions: readonly Facet[] } {
  const byKind = new Map(kinds.map((kind) => [kind, 0]))
  for (const { places } of chosenRecords(found, { kinds: [], sessions }))
    for (const { kind, count } of places) byKind.set(kind, (byKind.get(kind) ?? 0) + count)
  const bySession = new Map(sessions.map((id) => [id, { name: id, count: 0 }]))
  for (const record of chosenRecords(found, { kinds, sessions: [] })) {
    const id = sessionOf(record)
    const count = (bySession.get(id)?.count ?? 0) + secretsIn(record, kinds)
    bySession.set(id, { name: id === noSession ? 'without a session' : sessionName({ ...record.session, id }), count })
  }
  return {
    kinds: most([...byKind].map(([id, count]) => ({ id, name: id, count }))),
    sessions: most([...bySession].map(([id, one]) => ({ id, ...one }))).slice(0, mostSessions),
  }
}

function most<F extends Facet & { readonly count: number }>(facets: readonly F[]): F[] {
  return facets.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

/** `JWT ×2 in prompt, Bearer header in arguments`. */
export function placeWords({ places }: SecretRecord): string {
  return places.map(({ kind, field, count }) => `${kind}${count > 1 ? ` ×${count}` : ''} in ${field}`).join(', ')
}
