import type { RouteLocationNormalizedLoaded } from 'vue-router'
import { routeNames } from '../router-names.ts'

const ofThisMachine = 'This view is about this machine.'

const notes: ReadonlyMap<unknown, string> = new Map([
  ...[routeNames.search, routeNames.alerts, routeNames.configure, routeNames.health, routeNames.settings].map(
    (name): [unknown, string] => [name, ofThisMachine],
  ),
  [routeNames.limits, 'Of a team this is not known: it stands in Codex’s session files.'],
  [routeNames.genai, 'Of a team only Codex’s sessions are known.'],
])

/** What a view cannot show of a team: what lies here alone, SQL over this machine's database, what nobody projects; null: it is the team's. */
export function missingOfTeam({ name, query }: Pick<RouteLocationNormalizedLoaded, 'name' | 'query'>): string | null {
  if (name === routeNames.explore && query['tab'] === 'sql') return ofThisMachine
  return notes.get(name) ?? null
}
