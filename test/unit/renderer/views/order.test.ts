import { describe, expect, it } from 'vitest'
import type { SessionSummary } from '../../../../src/model/session/summary.ts'
import { columns } from '../../../../src/renderer/views/sessions/columns.ts'
import { shownColumns } from '../../../../src/renderer/views/sessions/shown-columns.ts'
import { arranging, formatSort, newestFirst, parseSort } from '../../../../src/renderer/views/sessions/order.ts'
import type { Arranged, ListedSession } from '../../../../src/renderer/views/sessions/arranged.ts'
import { session } from '../../../e2e/chromium/fake-answers.ts'

const list: SessionSummary[] = [
  session({ id: 'a', startedAtMs: 100, wallMs: 5 }),
  session({ id: 'b', startedAtMs: 300, wallMs: 50 }),
  session({ id: 'a2', parentId: 'a', startedAtMs: 140, kind: 'subagent' }),
  session({ id: 'a1', parentId: 'a', startedAtMs: 120, kind: 'title' }),
  session({ id: 'x', parentId: 'gone', startedAtMs: 200, wallMs: 1, kind: 'guardian' }),
]
function arranged(...asked: Parameters<typeof arranging>): Arranged {
  const steps = arranging(...asked)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
const arrange = (...asked: Parameters<typeof arranging>): readonly ListedSession[] => arranged(...asked).listed
const ids = (open: readonly string[], sort = newestFirst): string[] =>
  arrange(list, sort, new Set(open)).map(({ session }) => session.id)

describe('the list of sessions', () => {
  it('keeps helpers below their session, oldest first, and shows them when it is open', () => {
    expect(ids([])).toEqual(['b', 'x', 'a'])
    expect(ids(['a'])).toEqual(['b', 'x', 'a', 'a1', 'a2'])
    expect(ids(['a'], { column: 'started', descending: false })).toEqual(['a', 'a1', 'a2', 'x', 'b'])
  })

  it('says where each row stands', () => {
    const places = arrange(list, newestFirst, new Set(['a'])).map(({ level, position, siblings, helpers }) => [
      level,
      position,
      siblings,
      helpers,
    ])
    expect(places).toEqual([
      [1, 1, 3, 0],
      [1, 2, 3, 0],
      [1, 3, 3, 2],
      [2, 1, 2, 0],
      [2, 2, 2, 0],
    ])
  })

  it('leaves gaps for what has not been read, from both ends', () => {
    // Of ten, the places 0 to 4 and 8 to 9 were read; two of them are helpers below the last.
    const read = [...list.map((one, i) => ({ ...one, startedAtMs: 500 - i })), session({ id: 'y', startedAtMs: 9 })]
    const unread = [
      { from: 5, to: 9 },
      { from: 10, to: 12 },
    ]
    const shown = (rows: Arranged): string[] =>
      Array.from({ length: rows.length }, (_, i) => rows.at(i)?.session.id ?? '')
    const newest = arranged(read, newestFirst, new Set(['a']), unread)
    expect(shown(newest)).toEqual(['a', 'a1', 'a2', 'b', 'x', '', '', '', '', 'y', '', ''])
    expect(newest.placesOf(0, 3)).toEqual({ from: 0, to: 1 })
    expect(newest.placesOf(4, 7)).toEqual({ from: 4, to: 7 })
    expect([newest.rowOf('y'), newest.rowOf('none')]).toEqual([9, -1])
    expect(newest.listed.map(({ position, siblings }) => `${position}/${siblings}`).join(' ')).toBe(
      '1/10 1/2 2/2 2/10 3/10 8/10',
    )
    const oldest = arranged(read, { column: 'started', descending: false }, new Set(), unread)
    expect(shown(oldest)).toEqual(['', '', 'y', '', '', '', '', 'x', 'b', 'a'])
    expect(oldest.placesOf(0, 1)).toEqual({ from: 11, to: 12 })
    expect(oldest.placesOf(2, 5)).toEqual({ from: 7, to: 10 })
  })

  it('is the same list when it is long, sorted in runs', () => {
    const long = Array.from({ length: 3500 }, (_, i) =>
      session({ id: `s${i}`, startedAtMs: 10_000 - i, wallMs: (i * 7919) % 1009 }),
    )
    for (const descending of [true, false]) {
      const direction = descending ? -1 : 1
      const expected = [...long].sort((a, b) => direction * (a.wallMs - b.wallMs) || b.startedAtMs - a.startedAtMs)
      const listed = arrange(long, { column: 'duration', descending }, new Set())
      expect(listed.map((one) => one.session.id)).toEqual(expected.map(({ id }) => id))
      expect(listed.map(({ position }) => position)).toEqual(long.map((_, i) => i + 1))
    }
  })

  it('marks a long session by its wall time, and no helper', () => {
    const cellOf = columns.find(({ id }) => id === 'duration')?.cell
    const minute = 60_000
    const words = (change: Partial<SessionSummary>, longMs?: number): string | undefined =>
      cellOf?.({ ...session({ wallMs: 11 * minute, ...change }), longMs }, 0).more
    expect(words({})).toBe('long')
    expect(words({}, 40 * minute)).toBeUndefined()
    expect(words({ wallMs: 41 * minute }, 40 * minute)).toBe('long')
    expect(words({ kind: 'subagent' })).toBeUndefined()
  })

  it('sorts by any column, in both directions', () => {
    expect(ids([], { column: 'duration', descending: true })).toEqual(['b', 'a', 'x'])
    expect(ids([], { column: 'duration', descending: false })).toEqual(['x', 'a', 'b'])
  })

  it('keeps the order in the address and refuses columns that do not exist', () => {
    for (const { id } of columns) {
      const sort = { column: id, descending: true }
      expect(parseSort(formatSort(sort))).toEqual(sort)
    }
    expect(parseSort('-nonsense')).toEqual(newestFirst)
  })
})

describe('columns', () => {
  it('shows as many as fit, and always those that matter most', () => {
    const at = (width: number): string[] => shownColumns(null, width).map(({ id }) => id)
    expect(at(4000)).toEqual(columns.map(({ id }) => id))
    expect(at(300)).toEqual(['started', 'title', 'duration', 'errors', 'state'])
    expect(at(1084)).toContain('cost')
    expect(at(1176)).toContain('cached')
    // A wide window shows more of the title as well, and not only more columns.
    const others = columns.filter(({ id }) => id !== 'title' && at(1720).includes(id))
    expect(1720 - others.reduce((sum, { width }) => sum + width, 0)).toBeGreaterThanOrEqual(420)
  })

  it('shows of a team whose a session is before what it is of, and where it ran', () => {
    const at = (width: number): string[] => shownColumns(null, width, true).map(({ id }) => id)
    expect(at(1040)).toEqual(['started', 'title', 'user', 'duration', 'tokens', 'cost', 'errors', 'state'])
    expect(at(1680)).toContain('host')
    const user = columns.find(({ id }) => id === 'user')
    const cellOf = (address: string | null) => user?.cell({ ...session({ id: 'one' }), user: address }, 0)
    expect(cellOf('ada@example.com')).toEqual({ text: 'ada', more: '@example.com', title: 'ada@example.com' })
    expect(cellOf('user-3f2a')).toEqual({ text: 'user-3f2a', title: 'user-3f2a' })
    expect(cellOf(null)?.text).toBe('')
  })

  it('shows what was chosen, in the usual order, and the title in any case', () => {
    expect(shownColumns(['errors', 'user'], 0).map(({ id }) => id)).toEqual(['title', 'user', 'errors'])
  })

  it('has one for each attribute that was chosen, which sorts by what the sessions say of it', () => {
    const [, ticket] = shownColumns(['attribute:ticket.id'], 0)
    const said = (id: string, ...values: string[]) => ({
      ...session({ id }),
      attributes: [...values.map((value) => ({ key: 'ticket.id', value })), { key: 'branch', value: 'main' }],
    })
    const sessions = [said('none'), said('later', 'SHOP-42'), said('first', 'SHOP-4', 'SHOP-7')]
    expect(sessions.map((one) => ticket?.cell(one, 0).text)).toEqual(['', 'SHOP-42', 'SHOP-4, SHOP-7'])
    const sort = parseSort('-attribute:ticket.id')
    expect(arrange(sessions, sort, new Set()).map((row) => row.session.id)).toEqual(['later', 'first', 'none'])
  })
})
