import { ms, utc, type SqlView } from './sql-view.ts'

export const findingsView: SqlView = {
  name: 'findings',
  meaning:
    'Why sessions were slow or expensive: one row a finding, as kept in the background; no two of a session count the same moment.',
  from: 'finding',
  columns: {
    session_id: ['session_id', 'its session'],
    kind: ['kind', 'rate-limit, approval-friction, cache-break, …'],
    subject: ['subject', 'what it is about, such as a command; may be empty', 'arguments'],
    at: [utc('at_ns'), 'start of the first row that it names'],
    at_ms: [ms('at_ns'), 'the same in Unix milliseconds'],
    title: ['title', 'a sentence in figures', 'arguments'],
    times: ['times', 'how often it happened'],
    lost_ms: ['lost_ns / 1e6', 'time inside turns that would not have been spent'],
    lost_usd: ['lost_usd', 'price of tokens that would not have been paid; NULL: not known'],
    confidence: ['confidence', 'exact, or bound: so much at most'],
    row_ids: ['row_ids', 'JSON list of the rows of the waterfall that it names'],
    fix: ['fix', 'hint, config, rule'],
    dismissed: [
      "EXISTS (SELECT 1 FROM finding_dismissal AS said WHERE said.session_id IN ('', finding.session_id) AND said.kind = finding.kind AND said.subject = finding.subject)",
      '1: not a problem, as the user says',
    ],
  },
}
