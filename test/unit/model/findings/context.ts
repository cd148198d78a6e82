import { apiRowFinder } from '../../../../src/model/findings/api-rows.ts'
import type { FindingContext, PricedCall } from '../../../../src/model/findings/context.ts'
import { busyTiles, lengthOf } from '../../../../src/model/findings/disjoint.ts'
import type { SandboxRuns } from '../../../../src/model/ledger/claims.ts'
import { ledgerOf } from '../../../../src/model/ledger/ledger.ts'
import type { SessionFacts } from '../../../../src/model/tree/facts.ts'
import { sessionRows } from '../../../../src/model/tree/session-rows.ts'

interface Known extends Partial<Omit<FindingContext, 'session' | 'calls'>> {
  readonly calls?: readonly PricedCall[]
  readonly sandboxRuns?: SandboxRuns
}

/** What kinds of findings look at, of a session's facts and with nothing before it but what is given. */
export function contextOf(session: SessionFacts, { calls, sandboxRuns, ...known }: Known = {}): FindingContext {
  const rows = sessionRows(session)
  const ledger = ledgerOf(session, session.lastAt, sandboxRuns, rows)
  const rowAt = apiRowFinder(rows.all)
  return {
    session,
    baseMs: 0,
    rows,
    ledger,
    busy: lengthOf(busyTiles(ledger.intervals, ledger.turns)),
    calls: (calls ?? []).map((call) => ({ ...call, row: rowAt(call.at) })),
    helpers: [],
    history: { firstItems: new Map(), runs: new Map(), approvals: [] },
    folder: '/work',
    sandboxPolicy: 'workspace-write',
    argumentLengths: new Map(),
    toldWindow: null,
    servers: { starts: [], waits: [] },
    promptChanges: [],
    file: null,
    ...known,
  }
}
