import { expect, test } from 'vitest'
import { keepRunning, type Start } from '../../../../src/engine/threads/keep-running.ts'

/** A part that starts when it is told to, and what has been done with it. */
function startable() {
  const done: string[] = []
  let told: Parameters<Start>[0] | undefined
  const start: Start = (tells) => {
    told = tells
    return {
      post: (message) => done.push(`asked ${String(Reflect.get(message, 'kind'))}`),
      kill: async () => {
        done.push('ended')
        await Promise.resolve()
      },
    }
  }
  const kept = keepRunning({ part: 'reader', start, watch: () => undefined })
  return { kept, done, say: (message: unknown) => told?.message(message) }
}

const turns = (): Promise<void> => new Promise((done) => setImmediate(done))

test.each(['end', 'close'] as const)('one that starts is ended once it has started: %s', async (how) => {
  const { kept, done, say } = startable()
  const started = kept.start()
  const ended = kept[how]()
  await turns()
  expect(done).toEqual([])
  say({ kind: 'ready' })
  await Promise.all([started, ended])
  expect(done).toEqual(['ended'])
})

test('one that starts is asked for the last once it has started, and ended behind its answer', async () => {
  const { kept, done, say } = startable()
  const started = kept.start()
  const closed = kept.close({ kind: 'close' })
  say({ kind: 'ready' })
  await started
  await turns()
  expect(done).toEqual(['asked close'])
  say({ kind: 'closed', id: 1 })
  await closed
  expect(done).toEqual(['asked close', 'ended'])
})

test('one that does not answer the last question in time is ended all the same', async () => {
  const { kept, done, say } = startable()
  const started = kept.start()
  say({ kind: 'ready' })
  await started
  await kept.close({ kind: 'close' }, 1)
  expect(done).toEqual(['asked close', 'ended'])
})

test('one that cannot start is ended once, and closes', async () => {
  const { kept, done, say } = startable()
  const started = kept.start()
  const closed = kept.close({ kind: 'close' })
  say({ kind: 'failed', message: 'it cannot' })
  await expect(started).rejects.toThrow('it cannot')
  await closed
  expect(done).toEqual(['ended'])
})
