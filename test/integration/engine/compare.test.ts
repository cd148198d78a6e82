import { expect, test } from 'vitest'
import { withCaptures } from './stored-captures.ts'

test('two sessions side by side: figures, tools, models, and turns by their order', () =>
  withCaptures(['02_classic', '16_tui'], ({ reader, user }) => {
    const other = reader['session.list']({ helpers: false, limit: 10, offset: 0 }).sessions.find(
      ({ id }) => id !== user,
    )
    const { a, b, turns, tools, models, differences } = reader['session.compare']({ a: user, b: other?.id ?? '' })
    expect([a.summary.id, b.summary.id]).toEqual([user, other?.id])
    expect(turns).toHaveLength(5)
    expect(turns[0]).toMatchObject({
      a: { prompt: 'SCN:classic run several tools' },
      b: { prompt: 'SCN:one hello from tui' },
    })
    expect(turns[1]).toMatchObject({ a: null, b: { ledger: { number: 2 } } })
    expect(tools.find(({ name }) => name === 'exec_command touch')).toMatchObject({
      a: null,
      b: { calls: 2, failed: 0 },
    })
    expect(tools.find(({ name }) => name === 'apply_patch')).toMatchObject({ a: { calls: 2, failed: 1 }, b: null })
    expect(models).toMatchObject([{ name: 'gpt-5.5', a: { calls: 10 }, b: { calls: 7 } }])

    // The wall is the longest time of either side, so its own difference leads the times; the user's waiting follows.
    const times = differences.filter(({ unit }) => unit === 'ms').map(({ name }) => name)
    expect(times.slice(0, 2)).toEqual(['wall time', 'time in turns'])
    expect(times[2]).toBe('share wait_user')
    const weights = differences.map(({ weight }) => Math.abs(weight))
    expect(weights).toEqual([...weights].sort((one, two) => two - one))
    expect(differences.find(({ name }) => name === 'model calls')).toMatchObject({
      a: 10,
      b: 7,
      delta: -3,
      unit: 'count',
    })
  }))

test('a session compared with itself differs in nothing', () =>
  withCaptures(['28_guardian'], ({ reader, user }) => {
    expect(reader['session.compare']({ a: user, b: user }).differences).toEqual([])
    expect(() => reader['session.compare']({ a: user, b: 'nobody' })).toThrow('no session nobody')
  }))
