import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, watch } from 'vue'
import { inTurn, inTurns, untilShown, useFilling } from '../../../../src/renderer/data/in-turn.ts'

/** What takes longer than a turn may. */
function busy(): void {
  const endMs = performance.now() + 5
  while (performance.now() < endMs);
}

let layOut = (): void => {}
beforeAll(() => {
  const body = {
    get offsetHeight(): number {
      layOut()
      return 0
    },
  }
  vi.stubGlobal('document', { body })
})
afterAll(async () => {
  await new Promise<void>((done) => void inTurn(() => setTimeout(done)))
  vi.unstubAllGlobals()
})

describe('work that is done in turns', () => {
  it('is laid out, with what it changes, before the next piece has its turn', async () => {
    const done: string[] = []
    layOut = () => void done.push('laid out')
    const changed = ref(0)
    const scope = effectScope()
    scope.run(() => watch(changed, () => done.push('changed')))
    inTurn(() => {
      changed.value += 1
    })
    inTurn(() => done.push('next'))
    await vi.waitFor(() => expect(done).toHaveLength(4))
    layOut = () => {}
    scope.stop()
    expect(done).toEqual(['changed', 'laid out', 'next', 'laid out'])
  })

  it('keeps the order, gives way after a long piece, and forgets what was taken back', async () => {
    const done: string[] = []
    const piece = (name: string) => () => {
      done.push(name)
      busy()
      setTimeout(() => done.push(`after ${name}`), 0)
    }
    inTurn(piece('a'))
    const takeBack = inTurn(piece('b'))
    inTurn(piece('c'))
    takeBack()
    expect(done).toEqual([])
    await vi.waitFor(() => expect(done).toContain('after c'))
    expect(done.filter((name) => !name.startsWith('after'))).toEqual(['a', 'c'])
  })

  it('begins with what is awaited, however long others have waited', async () => {
    const done: string[] = []
    const piece = (name: string) => () => {
      done.push(name)
      busy()
    }
    inTurn(piece('a'))
    inTurn(piece('b'))
    inTurn(() => {
      piece('awaited')()
      inTurn(piece('within it'), true)
    }, true)
    inTurn(piece('taken back'), true)()
    await vi.waitFor(() => expect(done).toContain('b'))
    expect(done).toEqual(['awaited', 'within it', 'a', 'b'])
  })

  it('is shown when all that is awaited is made, with what that had to make, and was painted, whatever else waits', async () => {
    const done: string[] = []
    vi.stubGlobal('requestAnimationFrame', (painted: () => void) => {
      done.push('frame')
      return setTimeout(painted, 1)
    })
    inTurn(() => {
      busy()
      inTurn(() => {
        busy()
        done.push('within it')
        for (let more = 0; more < 9; more++) inTurn(busy)
      }, true)
    }, true)
    await untilShown()
    expect(done).toEqual(['within it', 'frame'])
  })

  it('finishes a short work at once, and a long one later', async () => {
    function* steps(count: number): Generator<void, number> {
      for (let at = 0; at < count; at++) {
        busy()
        yield
      }
      return count
    }
    const results: number[] = []
    inTurns(steps(0), (result) => results.push(result))
    expect(results).toEqual([0])
    inTurns(steps(3), (result) => results.push(result))
    const stop = inTurns(steps(4), (result) => results.push(result))
    stop()
    expect(results).toEqual([0])
    await vi.waitFor(() => expect(results).toEqual([0, 3]))
    await new Promise((next) => setTimeout(next, 30))
    expect(results).toEqual([0, 3])
  })

  it('makes the first of many in a task of their own, before what nobody came for, and never more than there are', async () => {
    const scope = effectScope()
    const count = ref(20)
    const seen: (number | undefined)[] = []
    inTurn(() => seen.push(made?.value))
    const made = scope.run(() => useFilling(count, 6))
    expect(made?.value).toBe(0)
    await vi.waitFor(() => expect(seen).toEqual([6]))
    await vi.waitFor(() => expect(made?.value).toBe(20))
    count.value = 5
    expect(made?.value).toBe(5)
    count.value = 20
    await vi.waitFor(() => expect(made?.value).toBe(20))
    scope.stop()
    count.value = 3
    await nextTick()
    expect(made?.value).toBe(20)
  })
})
