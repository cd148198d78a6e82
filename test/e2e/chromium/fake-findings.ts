import type { Insight, SessionFinding } from '../../../src/contract/findings.ts'
import type { FixList } from '../../../src/contract/fixes.ts'
import type { Answers } from './fake-host.ts'
import { rows, sessionId, startMs, wallMs } from './fake-session.ts'

const toolRows = rows.filter(({ kind }) => kind === 'tool_call').map(({ id }) => id)
const modelRows = rows.filter(({ kind }) => kind === 'api_call').map(({ id }) => id)
const known = { definition: 'Commands that you approved at least 3 times.', needs: 'codex.tool_decision (logs)' }

const friction: SessionFinding = {
  ...{ id: 'approval-friction:make lint', kind: 'approval-friction', subject: 'make lint', ...known },
  ...{ title: 'You approved `make lint` 3 times: 2 m 59 s of waiting', verdict: '3 approvals of `make lint`' },
  ...{ lostMs: 179_338, lostUsd: null, confidence: 'exact', times: 3, atMs: startMs, dismissed: false },
  rowIds: toolRows.slice(0, 2),
  fix: { type: 'rule', prefix: ['make', 'lint'], commands: ['make lint', 'make lint FILES=src'] },
}
const thinking: SessionFinding = {
  ...{ id: 'reasoning-share:', kind: 'reasoning-share', subject: '', ...known },
  ...{ title: 'At most 12 s went into 3,120 reasoning tokens', verdict: 'reasoning', dismissed: false },
  ...{ lostMs: 12_000, lostUsd: 0.031, confidence: 'bound', times: 1, atMs: startMs },
  rowIds: modelRows.slice(0, 1),
  fix: {
    type: 'config',
    changes: [{ path: ['model_reasoning_effort'], value: 'medium', adds: false }],
    why: 'With less effort it thinks less.',
  },
}
const context = {
  fills: [0.1, 0.4, 0.8, 0.2, 0.45].map((share, i) => ({
    ...{ rowId: null, atMs: startMs + (wallMs * (i + 1)) / 6, tokens: share * 400_000, window: 400_000, share },
  })),
  compactions: [{ rowId: 'c', startMs: startMs + wallMs * 0.6, endMs: startMs + wallMs * 0.62 }],
  callsLeft: 9,
}

/** What the fix of a finding writes; Codex took it as meant. */
const place = { path: '/home/ada/.codex/rules/colophon.rules', target: '/home/ada/.codex/rules/colophon.rules' }
const planned = {
  ...{ ...place, exists: false, obstacle: null, fingerprint: 'f', changes: [], lines: '', text: '', flags: '' },
  diff: `--- /dev/null\n+++ ${place.path}\n@@ -0,0 +1,1 @@\n+prefix_rule(pattern = ["make", "lint"], decision = "allow")\n`,
  warnings: [],
}
const asked = {
  check: {
    ...{ state: 'checked' as const, version: 'codex-cli 0.171.0', allowed: 2, neighbours: 10 },
    words: 'Checked by codex-cli 0.171.0: 2 commands allowed, 10 similar ones not matched.',
  },
  letsThrough: ['`make lint` with anything behind it, in every project: `make lint …`'],
}

const week = { sessions: 9, times: 31, lostMs: 2_400_000, lostUsd: null }
const insights: readonly Insight[] = [
  {
    ...{ kind: 'approval-friction', subject: 'make lint', name: 'approvals of `make lint`', atMost: false, perDay: 4 },
    ...{ sessions: 41, times: 112, lostMs: 11_520_000, lostUsd: null, definition: known.definition, dismissed: false },
    weeks: [week, { ...week, lostMs: 600_000 }],
    latest: { sessionId, atMs: startMs, title: friction.title },
    fix: 'rule',
    fixed: {
      atMs: startMs - 86_400_000,
      before: { ...week, allSessions: 20 },
      after: { ...week, times: 0, lostMs: 0, allSessions: 10 },
      savedMs: 1_200_000,
      savedUsd: null,
    },
  },
]

/** Remembers what is no problem and what was fixed, as the host does. */
export function findingAnswers(): Answers {
  const dismissed = new Set<string>()
  const fixes: FixList['fixes'] = []
  return {
    'session.findings': () => ({
      verdict: '27 % of 11 m 04 s went into 3 approvals of `make lint`.',
      busyMs: 571_400,
      findings: [friction, thinking].map((one) => ({ ...one, dismissed: dismissed.has(one.kind) })),
      tokens: [
        { source: 'responses', input: 412_310, cached: 375_202, output: 8_914, reasoning: 3_120, total: 421_224 },
        { source: 'turns', input: null, cached: null, output: null, reasoning: null, total: 400_000 },
      ],
      tokensDiffer: 'The turns add up to 21k tokens less than the completed responses: 21k of compactions.',
      context,
    }),
    'insight.list': () => ({
      insights: insights.map((one) => ({ ...one, dismissed: dismissed.has(one.kind) })),
      total: { sessions: 41, times: 112, lostMs: 11_520_000, lostUsd: 0.84 },
      edgesMs: [startMs - 12 * 86_400_000, startMs - 5 * 86_400_000, startMs + 2 * 86_400_000],
      pending: 2,
      kinds: [{ kind: 'approval-friction', ...known }],
    }),
    'insight.sessions': () => ({
      sessions: [
        {
          ...{ id: sessionId, title: friction.title, atMs: startMs },
          session: { title: 'Fix the cart', folder: null, startedAtMs: startMs },
          times: 3,
          lostMs: 179_338,
          lostUsd: null,
        },
      ],
    }),
    'finding.dismiss': ({ kind }) => {
      dismissed.add(kind)
      return {}
    },
    'finding.restore': ({ kind }) => {
      dismissed.delete(kind)
      return {}
    },
    'finding.fixed': () => ({}),
    'fix.list': () => ({ fixes }),
    'fix.plan': ({ codexHome }) => {
      const path = codexHome === undefined ? place.path : `${codexHome}/rules/colophon.rules`
      return { ...planned, ...asked, path, target: path }
    },
    'fix.apply': ({ kind, subject }) => {
      fixes.push({ id: 'fix', kind, subject, atMs: startMs, path: place.path, rule: ['make', 'lint'] })
      return { ...planned, ...asked, written: true, backup: null, id: 'fix' }
    },
    'fix.undo': ({ preview }) => {
      if (!preview) fixes.length = 0
      return {
        ...planned,
        diff: planned.diff.replace('\n+prefix', '\n-prefix'),
        written: !preview,
        backup: null,
        kept: [],
      }
    },
  }
}
