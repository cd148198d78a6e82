import { expect, test } from 'vitest'
import { settleApart, type LongSession } from '../../../../src/engine/store/settle-apart.ts'

const settles: LongSession = { id: 'settles', what: 'settle', job: 1 }
const shares: LongSession = { id: 'shares', what: 'share', job: 2 }
const later: LongSession = { id: 'later', what: 'settle', job: 3 }

/** A thread that has three pieces of whatever it is asked for. */
function apartOf(heard: (word: string) => void) {
  let pieces: number[] = []
  return settleApart({
    thread: {
      askTwice: (request) => {
        pieces = [1, 2, 3]
        return Promise.resolve({ kind: 'derived', error: null, request } as never)
      },
      ask: () => {
        const piece = pieces.shift()
        return Promise.resolve({ kind: 'piece', piece: piece === undefined ? null : new Uint8Array([piece]) } as never)
      },
      close: () => Promise.resolve(),
    },
    write({ id }, piece) {
      heard(`${id} ${String(piece[0])}`)
      return true
    },
    ended({ id }, how) {
      heard(`${id} ${how}`)
    },
  })
}

const whole = (id: string): string[] => [`${id} 1`, `${id} 2`, `${id} 3`, `${id} written`]

test('at the end of the writer what is being settled is written to its end, a piece at a time, and the rest is left', async () => {
  const heard: string[] = []
  const apart = apartOf((word) => {
    heard.push(word)
    // Something arrives between the first piece and the second.
    if (word === 'settles 1') queueMicrotask(() => heard.push('a body'))
  })
  for (const session of [settles, shares, later]) apart.take(session)
  await apart.finish()
  const [first, second, ...others] = heard
  expect([first, second]).toEqual(['settles 1', 'a body'])
  expect(others).toEqual([...whole('settles').slice(1), ...whole('later')])
})

test('what is derived of settled facts stops where it is, and is not said to be written', async () => {
  const heard: string[] = []
  const finished: Promise<void>[] = []
  const apart = apartOf((word) => {
    heard.push(word)
    if (word === 'shares 1') finished.push(apart.finish())
  })
  apart.take(shares)
  while (finished.length === 0) await Promise.resolve()
  await Promise.all(finished)
  expect(heard).toEqual(['shares 1'])
})
