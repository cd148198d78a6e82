import { expect, test, vi } from 'vitest'
import { startStage, withToken } from './api-support.ts'
import type { Stage } from './api-support.ts'

async function subscribe(stage: Stage) {
  const stop = new AbortController()
  const response = await fetch(`${stage.server.url}/api/changes`, { headers: withToken, signal: stop.signal })
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(text)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`ended after: ${text}`)
      text += decoder.decode(value, { stream: true })
    }
    return text
  }
  return { response, until, stop: () => stop.abort() }
}

test('a push reaches the page as a server-sent event', async () => {
  const stage = await startStage()
  const { response, until } = await subscribe(stage)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  for (const listener of stage.listeners) listener({ topics: ['sessions', 'status'] })
  expect(await until(/data: .*\n\n/)).toContain('data: {"topics":["sessions","status"]}\n\n')
})

test('a page that opens its stream hears first of what changed just before', async () => {
  const stage = await startStage()
  stage.missed = ['sessions']
  const { until } = await subscribe(stage)
  expect(await until(/data: .*\n\n/)).toMatch(/^data: \{"topics":\["sessions"\]\}\n\n/)
})

test('a quiet stream says now and then that it is alive', async () => {
  const stage = await startStage({ heartbeatMs: 5 })
  const { until } = await subscribe(stage)
  await until(/(: here\n\n){3}/)
})

test('a page that has gone is no longer pushed to', async () => {
  const stage = await startStage()
  const first = await subscribe(stage)
  await subscribe(stage)
  expect(stage.listeners.size).toBe(2)
  first.stop()
  await vi.waitFor(() => expect(stage.listeners.size).toBe(1))
})

test('a page that does not read is cut off', async () => {
  const stage = await startStage()
  await subscribe(stage)
  await vi.waitFor(
    () => {
      for (const listener of stage.listeners) {
        for (let push = 0; push < 10_000; push++) listener({ topics: ['sessions', 'status', 'settings'] })
      }
      expect(stage.listeners.size).toBe(0)
    },
    { timeout: 20_000, interval: 10 },
  )
})

test('closing the server ends the streams', async () => {
  const stage = await startStage()
  const { until } = await subscribe(stage)
  const ended = expect(until(/never/)).rejects.toThrow()
  await stage.server.close()
  await ended
  expect(stage.listeners.size).toBe(0)
})
