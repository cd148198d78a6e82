import { expect, it } from 'vitest'
import { ref } from 'vue'
import type { Bridge } from '../../../../src/contract/bridge.ts'
import type { Source } from '../../../../src/contract/source.ts'
import { ofSource } from '../../../../src/renderer/bridge/of-source.ts'

it('gives up by its name what nobody waits for any more of a team, and tells this machine nothing of it', () => {
  const asked: [name: string, params: object][] = []
  const bridge: Bridge = {
    invoke: (name, params) => {
      asked.push([name, params])
      return new Promise(() => undefined)
    },
    subscribe: () => () => undefined,
  }
  const source = ref<Source>('local')
  const asking = ofSource(bridge, source)
  const leave = (): void => {
    const given = new AbortController()
    void asking.invoke('explore.logs', { fromMs: 0, toMs: 1 }, given.signal)
    given.abort()
  }
  leave()
  expect(asked).toEqual([['explore.logs', { fromMs: 0, toMs: 1 }]])
  source.value = 'team'
  leave()
  leave()
  const names = asked.flatMap(([, params]) =>
    'asked' in params && typeof params.asked === 'string' ? [params.asked] : [],
  )
  expect(new Set(names).size).toBe(2)
  expect(asked.slice(1)).toEqual(
    names.flatMap((name) => [
      ['explore.logs', { fromMs: 0, toMs: 1, source: 'team', asked: name }],
      ['team.stop', { asked: [name] }],
    ]),
  )
})
