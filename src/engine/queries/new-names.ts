import type { NewNames } from '../../contract/health.ts'
import { isKnownEvent } from '../../model/codex/events/index.ts'
import { compareVersions } from '../../model/codex/version-order.ts'
import { silentKinds } from '../findings/silent-kinds.ts'
import type { Db } from '../store/database.ts'
import { signalsByNumber } from '../store/signal-numbers.ts'
import { notUnderstood } from './not-understood.ts'

const most = 200

interface NameRow {
  name: string
  signal: number
  client: number
  service: string
  version: string
  firstSeenAtMs: number
}

/** Of a version of Codex, the names that its session files brought. */
const inFiles = `SELECT name, coalesce(version, '') AS version, sum(lines) AS lines, min(first_ms) AS firstSeenAtMs
  FROM rollout_unknown LEFT JOIN rollout_thread USING (rollout_id) GROUP BY 1, 2 ORDER BY firstSeenAtMs DESC, name LIMIT ${most}`

/** Names that Codex's records brought, newest first, as far as Colophon does not know them or an upgrade brought them. */
export function newNames(db: Db): NewNames {
  const clients = db
    .prepare<[], { id: number; service: string; version: string }>(
      "SELECT id, service, version FROM client WHERE codex = 1 AND version <> '' ORDER BY id",
    )
    .all()
  const firstVersion = clients[0]?.version ?? null
  /** Whether it is later than all that were heard of before it: only then can it have brought something. */
  const isUpgrade = (id: number, version: string): boolean => {
    const before = clients.filter((other) => other.id < id)
    return before.length > 0 && before.every((other) => compareVersions(other.version, version) < 0)
  }
  const rows = db
    .prepare<[], NameRow>(
      `SELECT text AS name, name.signal, client, service, version, first_ms AS firstSeenAtMs
       FROM name JOIN client ON client.id = name.client WHERE client.codex = 1 ORDER BY first_ms DESC, name.id DESC`,
    )
    .all()
  const found = rows.flatMap(({ client, signal: number, ...row }) => {
    const of = signalsByNumber.get(number)
    if (of === undefined) return []
    // A record without an event's name goes by its first words.
    const unknownEvent = of === 'logs' && row.name.startsWith('codex.') && !isKnownEvent(row.name)
    return unknownEvent || isUpgrade(client, row.version) ? [{ ...row, signal: of, unknownEvent }] : []
  })
  return {
    names: found.slice(0, most),
    inFiles: db.prepare<[], NewNames['inFiles'][number]>(inFiles).all(),
    leftOut: Math.max(0, found.length - most),
    firstVersion,
    codexServices: db.prepare<[], string>('SELECT DISTINCT service FROM client WHERE codex = 1').pluck().all(),
    notUnderstood: notUnderstood(db),
    silentFindings: silentKinds(db),
  }
}
