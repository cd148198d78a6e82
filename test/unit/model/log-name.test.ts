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

test('a record of another kind is named by its field, the attribute, its first words, and last by its source line', () => {
  expect(logName('page.seen', 'browser.page_view', 'a page was seen')).toBe('browser.page_view')
  expect(logName(undefined, 'browser.page_view', 'a page was seen')).toBe('browser.page_view')
  expect(logName('api_request', '', 'claude_code.api_request')).toBe('api_request')
  expect(logName('api_request', source, 'a request ended')).toBe('api_request')
  expect(logName('', source, 'flushing OTEL metrics')).toBe('flushing OTEL metrics')
  expect(logName('', source, 'x'.repeat(500))).toHaveLength(120)
  expect(logName('', source, '')).toBe(source)
  expect(logName(7, '', '')).toBe('')
})
