import { expect, test } from 'vitest'
import { keepReading } from '../../../src/team/keep-reading.ts'
import { Left, waiting, whileWaited } from '../../../src/team/waited-for.ts'

function readings() {
  const closed: number[] = []
  const outdated = new Set<number>()
  let opened = 0
  const kept = keepReading(() => {
    const number = ++opened
    return Promise.resolve({
      number,
      isOutdated: () => Promise.resolve(outdated.has(number)),
      close: () => Promise.resolve(void closed.push(number)),
    })
  })
  return { kept, closed, outdated }
}

test('questions share one until the tables are others; who is still asking goes on, and the old one is closed behind them', async () => {
  const { kept, closed, outdated } = readings()
  const one = ({ number }: { readonly number: number }) => Promise.resolve(number)
  expect(await Promise.all([kept.use(one), kept.use(one)])).toEqual([1, 1])
  let goOn: () => void = () => undefined
  const asking = kept.use(({ number }) => new Promise<number>((resolve) => (goOn = () => resolve(number))))
  await kept.use(one)
  outdated.add(1)
  expect(await kept.use(one)).toBe(2)
  expect(closed).toEqual([])
  goOn()
  expect(await asking).toBe(1)
  expect(closed).toEqual([1])
})

test('a table that is gone is told of, and looked for anew by the next question', async () => {
  const { kept, closed } = readings()
  const gone = Object.assign(new Error('Unknown table'), { code: '60' })
  await expect(kept.use(() => Promise.reject(gone))).rejects.toThrow('Unknown table')
  expect(closed).toEqual([1])
  expect(await kept.use(({ number }) => Promise.resolve(number))).toBe(2)
})

test('what could not be opened is tried again', async () => {
  let tries = 0
  const kept = keepReading(() =>
    ++tries === 1
      ? Promise.reject(new Error('nobody listens'))
      : Promise.resolve({ isOutdated: () => Promise.resolve(false), close: () => Promise.resolve() }),
  )
  await expect(kept.use(() => Promise.resolve(1))).rejects.toThrow('nobody listens')
  expect(await kept.use(() => Promise.resolve(1))).toBe(1)
})

test('who leaves while it is opened takes it from nobody; without anybody left it is given up, and opened anew for who comes then', async () => {
  const opens: { readonly signal: AbortSignal | undefined; readonly done: () => void }[] = []
  const kept = keepReading(
    () =>
      new Promise<{ isOutdated: () => Promise<boolean>; close: () => Promise<void> }>((done, refuse) => {
        const signal = waiting()
        signal?.addEventListener('abort', () => {
          refuse(new Left())
        })
        const reading = { isOutdated: () => Promise.resolve(false), close: () => Promise.resolve() }
        opens.push({
          signal,
          done: () => {
            done(reading)
          },
        })
      }),
  )
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()]
  const ask = (by: AbortController) => whileWaited(by.signal, () => kept.use(() => Promise.resolve('answered')))
  const [left, stays] = [ask(first), ask(second)]
  first.abort()
  await expect(left).rejects.toThrow(Left)
  expect(opens.map(({ signal }) => signal?.aborted)).toEqual([false])
  const leaves = expect(stays).rejects.toThrow(Left)
  second.abort()
  await leaves
  expect(opens.map(({ signal }) => signal?.aborted)).toEqual([true])
  const answered = ask(third)
  await expect.poll(() => opens.length).toBe(2)
  opens[1]?.done()
  expect(await answered).toBe('answered')
})
