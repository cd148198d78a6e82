import { expect, test } from 'vitest'
import { causeLink } from '../../../../src/renderer/views/alerts/cause-link.ts'
import {
  fieldsOf,
  ruleKinds,
  suggestions,
  watchedOf,
  withKind,
} from '../../../../src/renderer/views/alerts/rule-form.ts'
import { groupingOf, groupings, sessionsOf, stateParts } from '../../../../src/renderer/views/batches/batch-words.ts'

test('every kind of rule has a suggestion, which the form gives back as it was', () => {
  expect(suggestions.map(({ kind }) => kind).sort()).toEqual(ruleKinds.map(({ kind }) => kind).sort())
  for (const watched of suggestions) expect(watchedOf(fieldsOf(watched))).toEqual(watched)
})

test('another kind brings its own figures, and a figure that cannot be makes no rule', () => {
  const fields = withKind(fieldsOf({ kind: 'budget', measure: 'tokens', per: 'month', limit: 5 }), 'approval-wait')
  expect(watchedOf(fields)).toEqual({ kind: 'approval-wait', minutes: 2 })
  expect(watchedOf({ ...fields, minutes: 0 })).toBeNull()
  expect(watchedOf({ ...withKind(fields, 'tool-success'), percent: 101 })).toBeNull()
})

const cause = { sessionId: null, callId: null, panel: null, fromMs: 1000, toMs: 2000 }

test('an alert leads to the call, else to the session, else to its time on the overview', () => {
  expect(causeLink({ ...cause, sessionId: 's', callId: 'c' }).to).toMatchObject({
    params: { id: 's' },
    query: { row: 'c:s:c' },
  })
  expect(causeLink({ ...cause, sessionId: 's' }).to).toEqual({ name: 'session', params: { id: 's' } })
  expect(causeLink({ ...cause, panel: 'cost-total' }).to).toEqual({
    name: 'overview',
    query: { range: 'custom', from: '1000', to: '2000', panel: 'cost-total' },
  })
  expect(causeLink({ ...cause, toMs: 1000 }).to).toMatchObject({ query: { to: '2000' } })
})

test('a batch is called by what its members have in common, and leads to the sessions that say the same', () => {
  const unsaid = { originator: null, environment: null, batch: null, user: null, host: null }
  const batch = { ...unsaid, originator: 'codex_exec', batch: 'nightly' }
  const range = { kind: 'preset', id: '24h' } as const
  expect(groupings.batch.name(batch)).toBe('codex_exec · environment not set · nightly')
  expect(sessionsOf(batch, 'batch', range, { helpers: true })).toEqual({
    range: '24h',
    originator: ['codex_exec'],
    environment: [''],
  })
  expect(groupingOf('user').name({ ...unsaid, user: 'ada@example.com' })).toBe('ada@example.com')
  expect(sessionsOf(unsaid, 'host', range, { helpers: true })).toEqual({ range: '24h', host: [''] })
  expect(groupingOf(['nonsense'])).toBe(groupings.batch)
})

test('of what the members of a batch came to, only what went wrong is marked as bad', () => {
  expect(stateParts({ live: 0, done: 12, interrupted: 0, failed: 3, lost: 1, unknown: 2 })).toEqual([
    { text: '12 done', isBad: false },
    { text: '3 failed', isBad: true },
    { text: '1 lost', isBad: true },
    { text: '2 not understood', isBad: false },
  ])
})
