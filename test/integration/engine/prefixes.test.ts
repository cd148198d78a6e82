import { expect, test } from 'vitest'
import { procedures } from '../../../src/contract/index.ts'
import { loadCapture } from '../../captures.ts'
import { conversationsByTrace, decodeSpans } from './decoded.ts'
import { inTemporaryFolder, silence } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'
import { readFacts } from './tables.ts'

const everything = { helpers: true, limit: 1000, offset: 0 } as const

test.each(['09_subagents', '16_tui', '07_long_90s'])(
  '%s is drawn from what has arrived, body by body',
  async (name) => {
    const { bodies } = loadCapture(name)
    const complete = await inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      for (const body of bodies) store.store(body)
      store.settle()
      store.close()
      return readFacts(dataDir)
    })

    await inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir, silence.everythingIsNew)
      bodies.forEach((body, i) => {
        store.store(body)
        store.settle()
        const arrived = decodeSpans(bodies.slice(0, i + 1))
        const named = conversationsByTrace(arrived)
        const { sessions } = procedures['session.list'].result.parse(store.reader['session.list'](everything))
        const seen = new Set(sessions.map(({ id }) => id))
        for (const { id, parentId, state } of sessions) {
          const { rows, spanCount } = procedures['session.tree'].result.parse(store.reader['session.tree']({ id }))
          const ids = new Set<string | null>([null])
          for (const row of rows) {
            expect(ids.has(row.parentId)).toBe(true)
            ids.add(row.id)
          }
          expect(rows.reduce((sum, row) => sum + row.spanCount, 0)).toBe(spanCount)
          expect(rows[0]).toMatchObject({ kind: 'session_loop', sessionId: id })
          if (state === 'live') expect(rows[0]?.status).toBe('open')
          if (parentId !== null) expect(seen).toContain(parentId)
        }
        const ofSessions = arrived.filter(({ traceId }) => [...(named.get(traceId) ?? [])].some((of) => seen.has(of)))
        const top = sessions.filter(({ parentId }) => parentId === null)
        const drawn = top.reduce((sum, { id }) => sum + store.reader['session.tree']({ id }).spanCount, 0)
        expect(drawn).toBe(ofSessions.length)
      })
      store.close()
      expect(readFacts(dataDir)).toEqual(complete)
    })
  },
)

test('a session whose turn is under way is live, and lost once it is silent for too long', async () => {
  const { bodies } = loadCapture('07_long_90s')
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir, silence.everythingIsNew)
    for (const body of bodies.slice(0, 8)) store.store(body)
    store.settle()
    const [live] = store.reader['session.list'](everything).sessions
    expect(live).toMatchObject({ state: 'live', turns: 1 })
    const { rows } = store.reader['session.tree']({ id: live?.id ?? '' })
    expect(rows.filter(({ kind }) => kind === 'turn')).toMatchObject([{ status: 'open', durationMs: null }])
    store.close()

    const later = openStore(dataDir, silence.everythingIsOld)
    expect(later.reader['session.list'](everything).sessions).toMatchObject([{ state: 'lost' }])
    later.close()
  })
})
