import type { Value } from '../../contract/index.ts'
import type { FindingContext } from '../../model/findings/context.ts'
import { definitionOf, findingsOf } from '../../model/findings/index.ts'
import { verdictOf } from '../../model/findings/verdict.ts'

export function sessionFindings(context: FindingContext): Value<'session.findings'> {
  const findings = findingsOf(context)
  return {
    verdict: verdictOf(context.ledger, findings),
    busyMs: context.busy / 1e6,
    findings: findings.map((finding) => ({ ...finding, ...definitionOf(finding.kind) })),
  }
}
