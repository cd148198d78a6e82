import type { BatchBy, BatchGroup, BatchKey, BatchMember } from '../../contract/batches.ts'
import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { calledBy } from '../../model/session/name.ts'
import type { Db } from '../store/database.ts'
import { familiesOf, sumsOf } from './families.ts'
import { sessionList } from './session-list.ts'

const mostSessions = 10_000

interface Member extends BatchMember {
  readonly batch: string | null
}

const unsaid: BatchKey = { originator: null, environment: null, batch: null, user: null, host: null }

/** What a member is grouped by; what several say alike is one group. */
const keysOf: Readonly<Record<BatchBy, (member: Member) => BatchKey>> = {
  batch: ({ session: { originator, environment }, batch }) => ({ ...unsaid, originator, environment, batch }),
  user: ({ session: { user } }) => ({ ...unsaid, user }),
  host: ({ session: { host } }) => ({ ...unsaid, host }),
}

const nameOf = ({ originator, environment, batch, user, host }: BatchKey): string =>
  JSON.stringify([originator, environment, batch, user, host])

/** Sessions that no other one started, by what they have in common; what they started counts with them. */
export function batchList(db: Db, params: ParsedParams<'batch.list'>, silenceMs: number): Value<'batch.list'> {
  const groups = new Map<string, Member[]>()
  const keyOf = keysOf[params.by]
  for (const member of membersOf(db, params, silenceMs)) {
    const name = nameOf(keyOf(member))
    const known = groups.get(name)
    if (known === undefined) groups.set(name, [member])
    else known.push(member)
  }
  const batches = [...groups.values()].map((members) => groupOf(members, keyOf))
  return { batches: batches.sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs) }
}

export function batchMembers(db: Db, params: ParsedParams<'batch.members'>, silenceMs: number): Value<'batch.members'> {
  const name = nameOf(params)
  const members = membersOf(db, params, silenceMs).filter((member) => nameOf(keysOf[params.by](member)) === name)
  members.sort((a, b) => b.session.busyMs - a.session.busyMs)
  return { members: members.map(({ batch: _batch, ...member }) => member) }
}

function membersOf(
  db: Db,
  { fromMs, toMs, filters }: ParsedParams<'batch.list'>,
  silenceMs: number,
): readonly Member[] {
  if (!(fromMs < toMs)) throw new ProcedureError('bad_request', 'the range ends before it begins')
  const { sessions } = sessionList(
    db,
    { helpers: filters.helpers, limit: mostSessions, offset: 0, fromMs, toMs, filters },
    silenceMs,
  )
  const batchOf = db.prepare<[string], string | null>('SELECT batch FROM session WHERE id = ?').pluck()
  return [...familiesOf(sessions)].map(([session, family]) => ({
    session,
    batch: batchOf.get(session.id) ?? null,
    ...sumsOf(family),
    helpers: family.length - 1,
  }))
}

function groupOf(members: readonly Member[], keyOf: (member: Member) => BatchKey): BatchGroup {
  const sessions = members.map(({ session }) => session)
  const states = { live: 0, done: 0, interrupted: 0, failed: 0, lost: 0, unknown: 0 }
  for (const { state } of sessions) states[state]++
  const startedAtMs = Math.min(...sessions.map((session) => session.startedAtMs))
  const lastSeenAtMs = Math.max(...sessions.map((session) => session.lastSeenAtMs))
  const longest = sessions.reduce((a, b) => (b.busyMs > a.busyMs ? b : a))
  return {
    ...(members[0] ? keyOf(members[0]) : unsaid),
    ...sumsOf(members),
    helpers: members.reduce((sum, member) => sum + member.helpers, 0),
    sessions: members.length,
    states,
    startedAtMs,
    lastSeenAtMs,
    wallMs: lastSeenAtMs - startedAtMs,
    busyMs: sessions.reduce((sum, { busyMs }) => sum + busyMs, 0),
    longest: {
      ...{ id: longest.id, title: calledBy(longest), busyMs: longest.busyMs },
      ...{ folder: longest.folder, startedAtMs: longest.startedAtMs },
    },
  }
}
