import { expect, test } from 'vitest'
import { inLanes } from '../../../src/team/projection/in-lanes.ts'

test('so many are worked on at once, and what the work adds as well', async () => {
  const done: number[] = []
  let [now, most] = [0, 0]
  const waiting = [1, 2, 3, 4, 5]
  await inLanes(waiting, { lanes: 2, atOnce: 2 }, async (some) => {
    most = Math.max(most, ++now)
    await Promise.resolve()
    now--
    if (some.includes(5)) waiting.push(6)
    done.push(...some)
  })
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
  expect(most).toBe(2)
})

test('what fails is told once all have ended, and nothing is begun after it', async () => {
  const ended: number[] = []
  const work = inLanes([1, 2, 3, 4], { lanes: 2, atOnce: 1 }, async ([one = 0]) => {
    await Promise.resolve()
    if (one === 1) throw new Error('the server is gone')
    await Promise.resolve()
    ended.push(one)
  })
  await expect(work).rejects.toThrow('the server is gone')
  expect(ended).toEqual([2])
})
