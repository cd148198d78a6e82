import type { DraftRow } from './draft.ts'
import type { HookFacts, SessionFacts } from './facts.ts'

/** What hooks sent for a session; a log is a moment. */
export function hookRows({ id, hooks }: SessionFacts): DraftRow[] {
  return hooks.map((hook) => hookRow(hook, id))
}

function hookRow({ spanId, name, service, start, end, turnId, callId }: HookFacts, sessionId: string): DraftRow {
  return {
    id: `h:${sessionId}:${spanId === '' ? `${start}:${name}` : spanId}`,
    kind: 'hook',
    sessionId,
    label: name,
    detail: service,
    ...{ start, end, status: 'ok', failures: 0, parts: [], note: '' },
    ...{ turnId, callId, parent: null, spanCount: 0 },
  }
}
