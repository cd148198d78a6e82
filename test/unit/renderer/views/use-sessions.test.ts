import { describe, expect, it, vi } from 'vitest'
import { createApp, effectScope, nextTick, ref } from 'vue'
import type { Bridge } from '../../../../src/contract/bridge.ts'
import type { Changed } from '../../../../src/contract/changes.ts'
import { bridgeKey } from '../../../../src/renderer/bridge/index.ts'
import { useSessions } from '../../../../src/renderer/views/sessions/use-sessions.ts'
import { session } from '../../../e2e/chromium/fake-answers.ts'

describe('the list of sessions', () => {
  it('is read to its end while something changes with every answer', async () => {
    const all = Array.from({ length: 2000 }, (_, i) => session({ id: `s${i}`, startedAtMs: 10_000 - i }))
    let tell: (changed: Changed) => void = () => {}
    const bridge: Bridge = {
      invoke: (_name, params) =>
        new Promise((done) => {
          const { offset, limit } = params as { offset: number; limit: number }
          setTimeout(() => {
            tell({ topics: ['sessions'] })
            const value = { sessions: all.slice(offset, offset + limit), total: all.length }
            done({ ok: true, value } as unknown as Parameters<typeof done>[0])
          }, 1)
        }),
      subscribe(listener) {
        tell = listener
        return () => {
          tell = () => {}
        }
      },
    }
    const scope = effectScope()
    const list = createApp({})
      .provide(bridgeKey, bridge)
      .runWithContext(() =>
        scope.run(() =>
          useSessions(
            () => ({ helpers: true }),
            () => ({ from: 0, to: 0 }),
            () => ({ from: 0, to: Infinity }),
          ),
        ),
      )
    await vi.waitFor(() => expect(list?.sessions.value).toHaveLength(2000), 10_000)
    expect(list?.sessions.value?.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    scope.stop()
  })

  it('is not waited for once another one is asked for, or nobody looks any more', async () => {
    const left: string[] = []
    const bridge: Bridge = {
      invoke: (_name, params, signal) => {
        const { search = '' } = params as { search?: string }
        signal?.addEventListener('abort', () => void left.push(search))
        return new Promise(() => undefined)
      },
      subscribe: () => () => undefined,
    }
    const words = ref('first')
    const scope = effectScope()
    createApp({})
      .provide(bridgeKey, bridge)
      .runWithContext(() =>
        scope.run(() =>
          useSessions(
            () => ({ search: words.value }),
            () => ({ from: 0, to: 0 }),
            () => null,
          ),
        ),
      )
    words.value = 'second'
    await nextTick()
    expect(left).toEqual(['first'])
    scope.stop()
    expect(left).toEqual(['first', 'second'])
  })
})
