import { expect, test } from 'vitest'
import { captureNames } from '../../captures.ts'
import { withCaptures } from './stored-captures.ts'

test.each(captureNames)('%s: the rows of each session hold every error that its head counts', (name) =>
  withCaptures([name], ({ reader, user, helpers }) => {
    const { rows } = reader['session.tree']({ id: user })
    for (const id of [user, ...helpers]) {
      const { errors } = reader['session.get']({ id })
      const own = rows.filter(({ sessionId }) => sessionId === id)
      expect(own.reduce((sum, { failures }) => sum + failures, 0)).toBe(errors)
    }
  }),
)

test('a call that recovered did not fail, and holds its four errors', () =>
  withCaptures(['03b_errors_recovered'], ({ reader, user }) => {
    const { rows } = reader['session.tree']({ id: user })
    expect(rows.filter(({ failures }) => failures > 0)).toMatchObject([{ kind: 'api_call', status: 'ok', failures: 4 }])
  }))

test('the details of a call whose end never came tell its requests', () =>
  withCaptures(['05_err500_exhausted'], ({ reader, user }) => {
    const row = reader['session.tree']({ id: user }).rows.find(({ kind }) => kind === 'api_call')
    expect(row?.durationMs).toBeNull()
    const { fields } = reader['session.row']({ id: user, rowId: row?.id ?? '' })
    expect(fields.filter(({ name }) => name === 'request')).toHaveLength(15)
  }))

test("an exit code is told once in a turn: by the call's outcome", () =>
  withCaptures(['01_code_multi'], ({ reader, user }) => {
    const entries = reader['session.turns']({ id: user }).turns.flatMap((turn) => turn.entries)
    const failed = entries.find(({ summary }) => summary.startsWith('cat /nonexistent_file'))
    expect(failed?.summary).toBe('cat /nonexistent_file; exit 3')
    expect(failed?.figures).toContainEqual({ name: 'outcome', value: 'ran, exit 3' })
  }))
