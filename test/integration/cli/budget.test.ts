import { afterEach, expect, it, vi } from 'vitest'
import { budget } from '../../../src/cli/budget.ts'
import { budgetRules, standingOf } from '../../../src/engine/reading/budgets.ts'
import { withFolder } from '../../../src/engine/reading/open-folder.ts'
import { spendingIn } from '../../../src/engine/reading/spending.ts'
import { alertKeeper } from '../../../src/engine/alerts/keeper.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { dataFolder, printed } from './data-folder.ts'

const dataDir = dataFolder()
const lastNs = (): bigint =>
  withFolder(dataDir, (db) =>
    db.prepare<[], bigint>('SELECT max(at_ns) FROM api_call WHERE cost_usd > 0').pluck().safeIntegers(true).get(),
  ) ?? 0n
/** A moment after the last call that had a price, at noon or later, so that the day is not over. */
const nowMs = Number(lastNs() / 1_000_000n) + 1

afterEach(() => {
  process.exitCode = undefined
  vi.useRealTimers()
})

it('is within, will be passed at the pace of today, or is passed', () => {
  withFolder(dataDir, (db) => {
    const midnight = new Date(nowMs).setHours(0, 0, 0, 0)
    const { costUsd } = spendingIn(db, { fromMs: midnight, toMs: nowMs })
    const spent = costUsd ?? 0
    expect(spent).toBeGreaterThan(0)
    const at = (per: 'day' | 'month', limit: number) => standingOf(db, { measure: 'usd', per, limit }, nowMs)
    for (const per of ['day', 'month'] as const) {
      expect(at(per, spent / 2)).toMatchObject({ spent, state: 'passed' })
      // Exactly its limit is within it, and as much as the last digits of a sum may differ by.
      expect(at(per, spent - 1e-12).state).toBe('will_pass')
      expect(at(per, at(per, 1).projected * 1.01).state).toBe('within')
    }
    // Of a month what each of its days will have.
    expect(at('month', 1).projected).toBeGreaterThan(at('day', 1).projected)
  })
})

it('says it by its exit code only when it is asked to, of the worst budget, and takes alert rules without a figure', async () => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date'] })
  const given = { dataDir, json: true, day: null, month: null }
  expect(() => {
    budget({ ...given, check: true })
  }).toThrow('there is no budget')
  const db = openForWriting(dataDir)
  const keeper = alertKeeper(db)
  const watched = { kind: 'budget', measure: 'tokens', per: 'day', limit: 1 } as const
  keeper.save({ id: 'a', enabled: true, watched })
  keeper.save({ id: 'b', enabled: false, watched: { ...watched, limit: 2 } })
  db.close()
  expect(withFolder(dataDir, budgetRules)).toEqual([{ measure: 'tokens', per: 'day', limit: 1 }])
  for (const [options, code] of [
    [{ check: false }, undefined],
    [{ check: true }, 1],
    [{ check: true, day: 1e6 }, 0],
    [{ check: true, day: 1e6, month: 1e-6 }, 1],
  ] as const) {
    await printed(() => {
      budget({ ...given, ...options })
    })
    expect(process.exitCode).toBe(code)
  }
})
