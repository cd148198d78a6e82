import { expect, it } from 'vitest'
import { ref } from 'vue'
import type { Bridge } from '../../../../src/contract/bridge.ts'
import type { Source } from '../../../../src/contract/source.ts'
import { ofSource } from '../../../../src/renderer/bridge/of-source.ts'

function asker() {
  const asked: [name: string, params: object][] = []
  const answers: (() => void)[] = []
  const bridge: Bridge = {
    invoke: (name, params) => {
      asked.push([name, params])
      return new Promise((done) => {
        answers.push(() => {
          done({ ok: false, error: { code: 'internal', message: 'answered' } })
        })
      })
    },
    subscribe: () => () => undefined,
  }
  const source = ref<Source>('local')
  const page = new EventTarget()
  return { asking: ofSource(bridge, source, page), source, page, asked, answers }
}

const namesIn = (asked: readonly (readonly [name: string, params: object])[]): string[] =>
  asked.flatMap(([, params]) => ('asked' in params && typeof params.asked === 'string' ? [params.asked] : []))

it('takes back what a page that goes has asked of a team, and nothing that was answered', async () => {
  const { asking, source, page, asked, answers } = asker()
  void asking.invoke('explore.logs', { fromMs: 0, toMs: 1 })
  page.dispatchEvent(new Event('pagehide'))
  expect(asked).toHaveLength(1)
  source.value = 'team'
  const answered = asking.invoke('explore.logs', { fromMs: 0, toMs: 1 })
  answers.at(-1)?.()
  await answered
  void asking.invoke('explore.logs', { fromMs: 1, toMs: 2 }, new AbortController().signal)
  void asking.invoke('explore.logs', { fromMs: 2, toMs: 3 })
  const [, ...waited] = namesIn(asked)
  page.dispatchEvent(new Event('pagehide'))
  expect(asked.at(-1)).toEqual(['team.stop', { asked: waited }])
  expect(waited).toHaveLength(2)
})

it('gives up by its name what nobody waits for any more of a team, and tells this machine nothing of it', () => {
  const { asking, source, asked } = asker()
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
  const names = namesIn(asked)
  expect(new Set(names).size).toBe(2)
  expect(asked.slice(1)).toEqual(
    names.flatMap((name) => [
      ['explore.logs', { fromMs: 0, toMs: 1, source: 'team', asked: name }],
      ['team.stop', { asked: [name] }],
    ]),
  )
})
