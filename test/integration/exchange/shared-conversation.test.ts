import { expect, test } from 'vitest'
import { exportPieces } from '../../../src/engine/exchange/export-session.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'

const texts = { 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': 'both', 'gen_ai.request.model': 'gpt-5.4' }
const attributes = Object.entries(texts).map(([key, stringValue]) => ({ key, value: { stringValue } }))

function requestOf(service: string, digit: string): Uint8Array<ArrayBuffer> {
  const times = { startTimeUnixNano: '1795780799000000000', endTimeUnixNano: '1795780800000000000' }
  const span = { traceId: digit.repeat(32), spanId: digit.repeat(16), name: 'chat', ...times, attributes }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] }
  const request = { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }
  return new Uint8Array(Buffer.from(JSON.stringify(request)))
}

test('a session whose conversation id another service uses too is exported redacted', () =>
  inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      store.store({ signal: 'traces', encoding: 'json', bytes: requestOf('a-bot', '1') })
      store.store({ signal: 'traces', encoding: 'json', bytes: requestOf('b-bot', '2') })
      store.settle()
      const request = { format: 'json', redact: ['prompts'], version: '1' } as const
      const text = [...exportPieces(store.db, { ...request, id: 'both@b-bot' })].join('')
      expect(text).toContain('2'.repeat(16))
      expect(text).not.toContain('1'.repeat(16))
    } finally {
      store.close()
    }
    return Promise.resolve()
  }))
