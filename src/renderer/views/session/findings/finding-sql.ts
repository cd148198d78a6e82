import type { SessionFinding } from '../../../../contract/findings.ts'

/** What the SQL console answers with this finding, and the same of other sessions beside it. */
export function findingSql(sessionId: string, { kind, subject }: SessionFinding): string {
  return [
    'SELECT *',
    'FROM findings',
    `WHERE kind = ${quoted(kind)} AND subject = ${quoted(subject)}`,
    `ORDER BY session_id = ${quoted(sessionId)} DESC`,
  ].join('\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
