import type { Params, ProcedureName } from '../../src/contract/index.ts'

type FindingProcedure = Extract<ProcedureName, `finding.${string}` | `insight.${string}` | 'session.findings'>

export function findingParams(sessionId: string): { readonly [N in FindingProcedure]: Params<N> } {
  const friction = { kind: 'approval-friction', subject: 'npm test' } as const
  return {
    'session.findings': { id: sessionId },
    'insight.list': { fromMs: 0, toMs: 8e12, filters: {}, zone: 'Europe/Vienna' },
    'insight.sessions': { fromMs: 0, toMs: 8e12, ...friction },
    'finding.dismiss': { ...friction, sessionId },
    'finding.restore': { ...friction, sessionId },
    'finding.fixed': { ...friction, undone: true },
  }
}
