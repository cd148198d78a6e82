import { expect, test } from 'vitest'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

function logs(version: string, ...events: string[]): Uint8Array<ArrayBuffer> {
  const pair = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
  const resource = { attributes: [pair('service.name', 'codex_exec'), pair('service.version', version)] }
  const logRecords = events.map((name) => ({
    observedTimeUnixNano: '1770000000000000000',
    attributes: [pair('event.name', name), pair('conversation.id', 'c1')],
  }))
  return new Uint8Array(Buffer.from(JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] })))
}

test('an event that is not known, and a name that an upgrade brought, are told with the version that brought them', () =>
  inTemporaryFolder((folder) => {
    const store = openStore(folder)
    const send = (version: string, ...events: string[]): void =>
      store.store({ signal: 'logs', encoding: 'json', bytes: logs(version, ...events) })
    send('0.169.0', 'codex.user_prompt', 'codex.brand_new')
    expect(store.reader['health.names']({})).toMatchObject({
      firstVersion: '0.169.0',
      names: [{ name: 'codex.brand_new', signal: 'logs', version: '0.169.0', unknownEvent: true }],
    })
    send('0.170.0', 'codex.user_prompt', 'codex.tool_result', 'codex.brand_new', 'flushing')
    const { names } = store.reader['health.names']({})
    expect(names.map(({ name, version, unknownEvent }) => [name, version, unknownEvent]).sort()).toEqual([
      ['codex.brand_new', '0.169.0', true],
      ['codex.tool_result', '0.170.0', false],
      ['flushing', '0.170.0', false],
    ])
    store.close()
  }))

test('what an older version sends after a newer one is new to nobody', () =>
  inTemporaryFolder((folder) => {
    const store = openStore(folder)
    const send = (version: string, ...events: string[]): void =>
      store.store({ signal: 'logs', encoding: 'json', bytes: logs(version, ...events) })
    const names = (): string[] => store.reader['health.names']({}).names.map(({ name }) => name)
    send('0.171.0', 'codex.user_prompt')
    send('0.169.0', 'codex.tool_result')
    send('0.171.0-alpha.9', 'codex.tool_decision')
    expect(names()).toEqual([])
    send('0.1000.0', 'flushing')
    expect(names()).toEqual(['flushing'])
    store.close()
  }))
