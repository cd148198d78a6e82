import type { Insight } from '../../contract/findings.ts'
import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { FindingKind } from '../../model/findings/finding.ts'
import { definitionOf, kindsOfFindings, nameOf } from '../../model/findings/index.ts'
import { bucketAt, bucketEdges } from '../../model/panels/buckets.ts'
import { ownZone } from '../../model/panels/zone.ts'
import { fitsSql, fittingSessions } from '../filters/fitting-sessions.ts'
import { dimensionsOf } from '../panels/dimensions.ts'
import type { Db } from '../store/database.ts'
import { dismissalReader } from './dismissals.ts'
import { fixedAndGone, fixedReader } from './fixed.ts'
import { insightSum, type CountedFinding } from './insight-sum.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs

interface FindingRow extends CountedFinding {
  kind: FindingKind
  subject: string
  atMs: number
  confidence: 'exact' | 'bound'
}

/** The kept findings of a range, added up by kind and subject. */
export function insightList(
  db: Db,
  { fromMs, toMs, filters, zone }: ParsedParams<'insight.list'>,
  silenceMs: number,
): Value<'insight.list'> {
  if (!(fromMs < toMs))
    throw new ProcedureError('bad_request', 'the range ends before it begins: fromMs must be less than toMs')
  const { ofModels } = dimensionsOf(db, 'codex', filters)
  const sessions = fittingSessions(db, filters, silenceMs)
  const rows = db
    .prepare<object, FindingRow>(
      `SELECT finding.kind, subject, session_id AS sessionId, at_ns / 1e6 AS atMs, lost_ns / 1e6 AS lostMs, lost_usd AS lostUsd,
         times, confidence
       FROM finding JOIN session ON session.id = session_id
       WHERE at_ns >= @fromNs AND at_ns < @toNs AND ${fitsSql}
       ORDER BY at_ns, session_id`,
    )
    .all({ fromNs: nanoseconds(fromMs), toNs: nanoseconds(toMs), dimensions: ofModels, sessions })
  const isDismissed = dismissalReader(db)
  // Beside the columns of the index, which are read for all.
  const restOf = db.prepare<object, { title: string; fix: Insight['fix'] }>(
    'SELECT title, fix FROM finding WHERE session_id = @sessionId AND kind = @kind AND subject = @subject',
  )
  // Weeks from the first finding on: nobody looks at those before Codex was there.
  const firstMs = Math.max(fromMs, rows[0]?.atMs ?? toMs - 1)
  const edgesMs = bucketEdges({ fromMs: firstMs, toMs, bucketMs: weekMs, zone: zone ?? ownZone() })
  const days = Math.max(1, (toMs - firstMs) / dayMs)
  const fixedOf = fixedReader(db, { dimensions: ofModels, sessions })
  const groups = new Map<string, FindingRow[]>()
  for (const row of rows) {
    const key = `${row.kind} ${row.subject}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [row])
    else known.push(row)
  }
  // A cause that a fix did away with is in no session of the range any more, and what that saved is to be seen all the same.
  const gone = fixedAndGone(db, { dimensions: ofModels, sessions }).filter(
    ({ kind, subject }) => !groups.has(`${kind} ${subject}`),
  )
  const counting: FindingRow[] = []
  const insights = [...groups.values()].flatMap((all): Insight[] => {
    const { kind, subject } = all[0] as FindingRow
    const dismissed = isDismissed('', kind, subject)
    const counted = dismissed ? all : all.filter(({ sessionId }) => !isDismissed(sessionId, kind, subject))
    const latest = counted.at(-1)
    if (latest === undefined) return []
    if (!dismissed) counting.push(...counted)
    const sum = insightSum(counted)
    const weeks = edgesMs.slice(1).map((): FindingRow[] => [])
    for (const row of counted) weeks[bucketAt(edgesMs, row.atMs)]?.push(row)
    const { sessionId, atMs } = latest
    const { title = '', fix = null } = restOf.get({ sessionId, kind, subject }) ?? {}
    return [
      {
        ...{ kind, subject, name: nameOf(kind, subject), definition: definitionOf(kind).definition },
        ...sum,
        atMost: counted.some(({ confidence }) => confidence === 'bound'),
        perDay: sum.times / days,
        weeks: weeks.map(insightSum),
        latest: { sessionId, atMs, title },
        fix,
        dismissed,
        fixed: fixedOf(kind, subject),
      },
    ]
  })
  const absent = gone.map(({ kind, subject, fix, ...latest }): Insight => {
    const none = insightSum([])
    return {
      ...{ kind, subject, name: nameOf(kind, subject), definition: definitionOf(kind).definition },
      ...{ ...none, atMost: false, perDay: 0, weeks: edgesMs.slice(1).map(() => none), latest, fix },
      ...{ dismissed: isDismissed('', kind, subject), fixed: fixedOf(kind, subject) },
    }
  })
  return {
    insights: [...insights, ...absent].sort(
      (a, b) =>
        Number(a.dismissed) - Number(b.dismissed) ||
        b.lostMs - a.lostMs ||
        (b.lostUsd ?? 0) - (a.lostUsd ?? 0) ||
        (`${a.kind} ${a.subject}` < `${b.kind} ${b.subject}` ? -1 : 1),
    ),
    total: insightSum(counting),
    edgesMs,
    pending: pendingOf(db),
    kinds: kindsOfFindings.map(({ kind, definition, needs }) => ({ kind, definition, needs })),
  }
}

export function nanoseconds(ms: number): bigint {
  return BigInt(Math.ceil(ms)) * 1_000_000n
}

function pendingOf(db: Db): number {
  return (
    db
      .prepare<[], number>(
        'SELECT count(*) FROM (SELECT session_id FROM unfound UNION SELECT session_id FROM unshared UNION SELECT session_id FROM settling)',
      )
      .pluck()
      .get() ?? 0
  )
}
