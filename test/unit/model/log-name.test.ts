import { expect, test } from 'vitest'
import { logName } from '../../../src/model/log-name.ts'

const event = 'codex.sse_event'
const source = 'event otel/src/events/session_telemetry.rs:703'

test.each([
  [event, source, ''],
  [source, event, ''],
  [source, source, event],
  ['', event, ''],
  [undefined, '', event],
  [event, '', 'a stream event came'],
  ['', event, 'a stream event came'],
  [source, event, 'a stream event came'],
  ['somebody.renamed.it', event, ''],
])('of attribute %j, field %j and body %j the name is the event', (attribute, field, body) => {
  expect(logName(attribute, field, body)).toBe(event)
})

test('a record of another kind is named by the attribute, its first words, the field, and last by its source line', () => {
  expect(logName('api_request', 'x', 'claude_code.api_request')).toBe('api_request')
  expect(logName('', source, 'flushing OTEL metrics')).toBe('flushing OTEL metrics')
  expect(logName('', source, 'x'.repeat(500))).toHaveLength(120)
  expect(logName('', source, '')).toBe(source)
  expect(logName(7, '', '')).toBe('')
})
