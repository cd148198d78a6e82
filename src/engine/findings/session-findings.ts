import type { Value } from '../../contract/index.ts'
import { callsLeft, fillsOf } from '../../model/findings/context-fill.ts'
import type { FindingContext } from '../../model/findings/context.ts'
import { definitionOf, findingsOf } from '../../model/findings/index.ts'
import { verdictOf } from '../../model/findings/verdict.ts'
import type { Db } from '../store/database.ts'
import { dismissalReader } from './dismissals.ts'
import { readTokens } from './token-sources.ts'

export function sessionFindings(db: Db, context: FindingContext): Value<'session.findings'> {
  const { id } = context.session
  const findings = findingsOf(context)
  const isDismissed = dismissalReader(db)
  const { tokens, differ } = readTokens(db, id)
  return {
    verdict: verdictOf(
      context,
      findings.filter(({ kind, subject }) => !isDismissed(id, kind, subject)),
    ),
    busyMs: context.busy / 1e6,
    findings: findings.map((finding) => ({
      ...finding,
      ...definitionOf(finding.kind),
      dismissed: isDismissed(id, finding.kind, finding.subject),
    })),
    tokens: [...tokens],
    tokensDiffer: differ,
    context: gaugeOf(context),
  }
}

function gaugeOf(context: FindingContext): Value<'session.findings'>['context'] {
  const toMs = (at: number): number => context.baseMs + at / 1e6
  const fills = fillsOf(context)
  if (fills.length === 0) return null
  return {
    fills: fills.map(({ call, window, share }) => ({
      rowId: call.row?.id ?? null,
      atMs: toMs(call.at),
      tokens: call.input + call.output,
      window,
      share,
    })),
    compactions: context.rows.all
      .filter(({ kind }) => kind === 'compaction')
      .map(({ id, start, end }) => ({ rowId: id, startMs: toMs(start), endMs: toMs(end ?? start) })),
    callsLeft: callsLeft(context),
  }
}
