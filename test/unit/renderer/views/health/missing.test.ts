import { expect, test } from 'vitest'
import type { Status } from '../../../../../src/contract/status.ts'
import type { Signal } from '../../../../../src/model/signal.ts'
import { missingSignals } from '../../../../../src/renderer/views/health/missing.ts'

type Client = Status['clients'][number]

function client(service: string, signal: Signal, records = 5): Client {
  const none = {
    requests: 1,
    bytes: 9,
    refused: 0,
    repeated: 0,
    cut: 0,
    edited: 0,
    lastSeenAtMs: 1,
    recordsPerSecond: 0,
  }
  return { ...none, records, service, version: '0.169.0', signal, transport: 'http' }
}

const services = ['codex_exec', 'codex-tui']

test('each signal that a Codex does not send is told with its reason', () => {
  const clients = [client('codex_exec', 'logs'), client('codex_exec', 'metrics', 0), client('codex-tui', 'traces')]
  const found = missingSignals(clients, services, 0, 100_000).map(({ sender, signal }) => `${sender} ${signal}`)
  expect(found.sort()).toEqual([
    'codex-tui 0.169.0 logs',
    'codex-tui 0.169.0 metrics',
    'codex_exec 0.169.0 metrics',
    'codex_exec 0.169.0 traces',
  ])
  expect(missingSignals(clients, services, 0, 100_000).every(({ why }) => why.includes('otel.'))).toBe(true)
})

test('nothing is missed before a minute is over, of other programs, and of nobody', () => {
  expect(missingSignals([client('codex_exec', 'logs')], services, 0, 60_000)).toEqual([])
  expect(missingSignals([client('my-app', 'logs')], services, 0, 100_000)).toEqual([])
  expect(missingSignals([], services, 0, 100_000)).toEqual([])
})
