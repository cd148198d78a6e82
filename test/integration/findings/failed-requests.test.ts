import { describe, expect, test } from 'vitest'
import { withCaptures } from '../engine/stored-captures.ts'

describe.each(['03_errors_retries', '05_err500_exhausted', '43_v171_retries', '01_code_multi'])('in %s', (name) => {
  test('refusals and failures are counted as the records say, and share the time of retries', async () => {
    await withCaptures([name], ({ reader, db, user }) => {
      const { findings, busyMs } = reader['session.findings']({ id: user })
      const of = (sought: string) => findings.find(({ kind }) => kind === sought)
      const requests = (where: string): number =>
        db
          .prepare<[string], number>(
            `SELECT count(*) FROM api_attempt WHERE session_id = ? AND success = 0 AND endpoint IS NOT '/models' AND ${where}`,
          )
          .pluck()
          .get(user) ?? 0
      const refused = requests('status_code = 429')
      const failed = requests('coalesce(status_code, 500) >= 500')
      expect(of('rate-limit')?.times ?? 0).toBe(refused)
      expect(of('api-unstable')?.times ?? 0).toBeGreaterThanOrEqual(failed)
      expect(of('api-unstable') === undefined).toBe(name === '01_code_multi')
      const lost = (of('rate-limit')?.lostMs ?? 0) + (of('api-unstable')?.lostMs ?? 0)
      const ledger = reader['session.ledger']({ id: user })
      const retries = ledger.turns.flatMap(({ shares }) => shares.filter(({ kind }) => kind === 'retry'))
      expect(lost).toBeCloseTo(
        retries.reduce((sum, { ms }) => sum + (ms ?? 0), 0),
        3,
      )
      expect(lost).toBeLessThanOrEqual(busyMs)
      const rows = new Set(reader['session.tree']({ id: user }).rows.map(({ id }) => id))
      for (const { rowIds } of findings) for (const id of rowIds) expect(rows).toContain(id)
    })
  })
})
