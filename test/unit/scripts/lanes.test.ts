import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

type Say = (chunk: string) => void

interface Lanes {
  readonly Stage: new (write: Say) => { play<T>(heading: string, act: (say: Say) => Promise<T>): Promise<T> }
  readonly runLanes: <W, R>(
    lanes: readonly (readonly W[])[],
    atOnce: number,
    run: (work: W) => Promise<R>,
  ) => Promise<R[]>
}

const { Stage, runLanes } = createRequire(import.meta.url)('../../../scripts/lanes.mjs') as Lanes

/** An act that says what it is told, when it is told. */
function actor() {
  let say: Say = () => undefined
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  return {
    act: (given: Say) => {
      say = given
      return ended
    },
    say: (chunk: string) => {
      say(chunk)
    },
    end: () => {
      end()
    },
  }
}

test('what runs side by side is said in one piece each, the first as it goes', async () => {
  let said = ''
  const stage = new Stage((chunk) => (said += chunk))
  const [first, second] = [actor(), actor()]
  const played = [stage.play('first', first.act), stage.play('second', second.act)]
  second.say('two\n')
  first.say('one\n')
  expect(said).toBe('\n━━━ first ━━━\n\none\n')
  first.end()
  await played[0]
  expect(said).toMatch(/one\n\n━━━ second ━━━\n\ntwo\n$/)
  second.say('more\n')
  expect(said).toMatch(/two\nmore\n$/)
  second.end()
  await played[1]
})

test('lanes run side by side, the works of one after another, and what they come to stands in their order', async () => {
  const running = new Set<string>()
  const together: string[] = []
  const results = await runLanes([['a1', 'a2'], ['b1'], ['c1']], 2, async (name) => {
    running.add(name)
    together.push([...running].join('+'))
    await Promise.resolve()
    running.delete(name)
    return name.toUpperCase()
  })
  expect(together.slice(0, 2)).toEqual(['a1', 'a1+b1'])
  expect(together.at(-1)).not.toContain('a1')
  // The third lane begins in the place of the one that ended first.
  expect(together).toContain('a2+c1')
  expect(together.some((names) => names.split('+').length > 2)).toBe(false)
  expect(results).toEqual(['A1', 'A2', 'B1', 'C1'])
})
