import { describe, expect, it, vi } from 'vitest'
import { createApp, effectScope, nextTick, ref } from 'vue'
import type { Ref } from 'vue'
import type { Bridge, Leaving } from '../../../../src/contract/bridge.ts'
import type { Changed, Topic } from '../../../../src/contract/changes.ts'
import { bridgeKey } from '../../../../src/renderer/bridge/index.ts'
import { useQuery } from '../../../../src/renderer/data/use-query.ts'
import type { Query } from '../../../../src/renderer/data/use-query.ts'

interface Asked {
  readonly id: string
  readonly signal: Leaving | undefined
  readonly reply: (value: unknown) => void
}

/** A bridge whose answers the test gives by hand, in the order it likes. */
function handBridge(): { bridge: Bridge; asked: Asked[]; push: (...topics: Topic[]) => void } {
  const asked: Asked[] = []
  const listeners = new Set<(changed: Changed) => void>()
  const bridge: Bridge = {
    invoke: (_name, params, signal) =>
      new Promise((resolve) => {
        const id = 'id' in params ? String(params.id) : ''
        asked.push({ id, signal, reply: (value) => resolve(value as Parameters<typeof resolve>[0]) })
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { bridge, asked, push: (...topics) => listeners.forEach((listener) => listener({ topics })) }
}

function start(): ReturnType<typeof handBridge> & {
  id: Ref<string | null>
  query: Query<unknown>
  stop: () => void
} {
  const hand = handBridge()
  const id = ref<string | null>('a')
  const scope = effectScope()
  const app = createApp({}).provide(bridgeKey, hand.bridge)
  const query = app.runWithContext(() =>
    scope.run(() => useQuery('session.tree', () => (id.value === null ? null : { id: id.value }), ['sessions'])),
  )
  if (!query) throw new Error('The scope did not run.')
  return { ...hand, id, query, stop: () => scope.stop() }
}

const ok = (value: string): unknown => ({ ok: true, value })

describe('useQuery', () => {
  it('says that nobody waits any more, where the parameters are others or the view is gone', async () => {
    const { asked, id, stop } = start()
    id.value = 'b'
    await nextTick()
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false])
    stop()
    expect(asked[1]?.signal?.aborted).toBe(true)
  })

  it('drops the reply to older parameters, even when it comes last', async () => {
    const { asked, id, query } = start()
    id.value = 'b'
    await nextTick()
    expect(asked.map((ask) => ask.id)).toEqual(['a', 'b'])
    asked[1]?.reply(ok('of b'))
    await vi.waitFor(() => expect(query.data.value).toBe('of b'))
    asked[0]?.reply(ok('of a'))
    await nextTick()
    expect(query.data.value).toBe('of b')
  })

  it('says which parameters its answer is to, while it waits for that to others', async () => {
    const { asked, id, query } = start()
    expect(query.answered.value).toBeNull()
    asked[0]?.reply(ok('of a'))
    await vi.waitFor(() => expect(query.data.value).toBe('of a'))
    id.value = 'b'
    await nextTick()
    expect(asked).toHaveLength(2)
    expect(query.answered.value).toEqual({ id: 'a' })
    asked[1]?.reply(ok('of b'))
    await vi.waitFor(() => expect(query.answered.value).toEqual({ id: 'b' }))
  })

  it('gathers pushes that come while it waits into one more ask', async () => {
    const { asked, query, push } = start()
    push('sessions')
    push('sessions')
    push('sessions')
    expect(asked).toHaveLength(1)
    asked[0]?.reply(ok('first'))
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(query.data.value).toBe('first')
    asked[1]?.reply(ok('second'))
    await vi.waitFor(() => expect(query.data.value).toBe('second'))
    expect(asked).toHaveLength(2)
  })

  it('asks again for its own topics only', async () => {
    const { asked, query, push } = start()
    asked[0]?.reply(ok('first'))
    await vi.waitFor(() => expect(query.data.value).toBe('first'))
    push('settings')
    expect(asked).toHaveLength(1)
    push('status', 'sessions')
    expect(asked).toHaveLength(2)
  })

  it('keeps the last answer beside a failure', async () => {
    const { asked, query, push } = start()
    asked[0]?.reply(ok('first'))
    await vi.waitFor(() => expect(query.data.value).toBe('first'))
    push('sessions')
    const error = { code: 'internal', message: 'no' }
    asked[1]?.reply({ ok: false, error })
    await vi.waitFor(() => expect(query.failure.value).toEqual(error))
    expect(query.data.value).toBe('first')
  })

  it('asks nothing without parameters, and nothing after its component is gone', async () => {
    const { asked, id, query, push, stop } = start()
    asked[0]?.reply(ok('first'))
    id.value = null
    await vi.waitFor(() => expect(query.data.value).toBeNull())
    push('sessions')
    expect(asked).toHaveLength(1)
    stop()
    id.value = 'c'
    await nextTick()
    push('sessions')
    expect(asked).toHaveLength(1)
  })
})
