import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../engine/store-under-test.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

const id = '0199a000-0000-7000-8000-000000000001'

function line(second: number, type: string, payload: object): string {
  const timestamp = `2025-09-30T12:00:${String(second).padStart(2, '0')}.000Z`
  return `${JSON.stringify({ timestamp, type, payload })}\n`
}

function counted(second: number, input: number, total: number): string {
  const usage = (tokens: number) => ({
    ...{ input_tokens: tokens, cached_input_tokens: 0, output_tokens: 10, reasoning_output_tokens: 0 },
    total_tokens: tokens + 10,
  })
  const info = { total_token_usage: usage(total), last_token_usage: usage(input), model_context_window: 272_000 }
  return line(second, 'event_msg', { type: 'token_count', info, rate_limits: null })
}

const context = (second: number, model?: string): string =>
  line(second, 'turn_context', {
    cwd: '/work',
    approval_policy: 'on-request',
    ...(model ? { model, effort: 'high' } : {}),
  })
const prompt = (second: number): string => line(second, 'event_msg', { type: 'user_message', message: 'Go on.' })

/** What became of each answer of such a file. */
function answersOf(lines: readonly string[]): Promise<unknown[]> {
  return inTemporaryHome((dataDir) =>
    inTemporaryHome(async (home) => {
      const folder = join(home, 'sessions', '2025', '09', '30')
      mkdirSync(folder, { recursive: true })
      const meta = line(0, 'session_meta', { id, timestamp: '2025-09-30T12:00:00.000Z', cwd: '/work' })
      writeFileSync(join(folder, `rollout-2025-09-30T12-00-00-${id}.jsonl`), [meta, ...lines].join(''))
      const store = openStore(dataDir)
      await storeHome(store.db, home)
      store.settle()
      const calls = store.db.prepare(
        'SELECT model, effort, input_tokens AS input, cost_usd > 0 AS priced FROM api_call',
      )
      const rows = [...calls.all(), store.reader['session.get']({ id }).model]
      store.close()
      return rows
    }),
  )
}

test('in a file that names no turns the model of an answer is that of the context before it', async () => {
  const lines = [prompt(1), context(2, 'gpt-5'), counted(3, 1000, 1000), prompt(5), context(6, 'gpt-5-codex')]
  expect(await answersOf([...lines, counted(7, 2000, 3000)])).toEqual([
    { model: 'gpt-5', effort: 'high', input: 1000, priced: 1 },
    { model: 'gpt-5-codex', effort: 'high', input: 2000, priced: 1 },
    'gpt-5-codex',
  ])
})

test('where no line names a model it has none, and no price is made up', async () => {
  expect(await answersOf([prompt(1), counted(3, 1000, 1000)])).toEqual([
    { model: null, effort: null, input: 1000, priced: null },
    null,
  ])
})
