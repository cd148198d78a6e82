import type { Value } from '../../contract/index.ts'
import { callsLeft, fillsOf } from '../../model/findings/context-fill.ts'
import type { FindingContext } from '../../model/findings/context.ts'
import { definitionOf, findingsOf } from '../../model/findings/index.ts'
import { verdictOf } from '../../model/findings/verdict.ts'
import type { Reconciled } from '../../model/tokens/reconcile.ts'

export function sessionFindings(context: FindingContext, { tokens, differ }: Reconciled): Value<'session.findings'> {
  const findings = findingsOf(context)
  return {
    verdict: verdictOf(context.ledger, findings),
    busyMs: context.busy / 1e6,
    findings: findings.map((finding) => ({ ...finding, ...definitionOf(finding.kind) })),
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
