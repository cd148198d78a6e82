import type { DraftRow } from './draft.ts'
import type { HookFacts, SessionFacts } from './facts.ts'
import { shortDuration } from './words.ts'

/** What hooks sent for a session; a log is a moment. */
export function hookRows(session: SessionFacts): DraftRow[] {
  return session.hooks.map((hook) => hookRow(hook, session))
}

function hookRow({ spanId, name, service, start, end, turnId, callId }: HookFacts, session: SessionFacts): DraftRow {
  const { id: sessionId, firstAt, lastAt, state } = session
  const isApart = end < firstAt || start > lastAt
  const far = shortDuration((end < firstAt ? firstAt - end : start - lastAt) / 1e6)
  return {
    id: `h:${sessionId}:${spanId === '' ? `${start}:${name}` : spanId}`,
    kind: 'hook',
    sessionId,
    label: name,
    detail: service,
    isApart,
    ...{ start, end, status: 'ok', failures: 0, parts: [] },
    // A session that goes on may have been silent for a while.
    note: !isApart || state === 'live' ? '' : `${far} ${end < firstAt ? 'before' : 'after'} the session`,
    ...{ turnId, callId, parent: null, spanCount: 0 },
  }
}
