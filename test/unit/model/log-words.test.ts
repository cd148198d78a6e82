import { expect, test } from 'vitest'
import { wordsOfLog } from '../../../src/model/log-words.ts'

test('a log says its own words, and its attributes where these only repeat its name', () => {
  expect(wordsOfLog('cart.saved', { 'cart.size': 2 }, 'Saved the cart')).toBe('Saved the cart')
  const attributes = {
    ...{ 'user.id': 'ada', 'event.name': 'api_error', 'event.sequence': 1, 'prompt.id': 'p' },
    ...{ model: 'claude-sonnet-4-6', error: 'rate limited', status_code: 429, parts: ['a'], empty: '' },
  }
  const said = 'model claude-sonnet-4-6 · error rate limited · status_code 429'
  for (const body of ['', 'api_error', 'claude_code.api_error'])
    expect(wordsOfLog('api_error', attributes, body)).toBe(said)
  expect(wordsOfLog('codex.unheard_of', { model: 'gpt-5.5' }, '')).toBe('')
  expect(wordsOfLog('long', {}, 'x'.repeat(1000))).toHaveLength(300)
})
