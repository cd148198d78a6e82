import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Changed } from '../../../../src/contract/changes.ts'
import { topics } from '../../../../src/contract/changes.ts'
import { createHttpBridge } from '../../../../src/renderer/bridge/http.ts'
import { answersOf, world } from '../../../e2e/chromium/fake-answers.ts'
import { startFakeHost } from '../../../e2e/chromium/fake-host.ts'
import type { FakeHost } from '../../../e2e/chromium/fake-host.ts'

const refused = vi.fn()
let host: FakeHost

function bridgeWith(given: string | null): ReturnType<typeof createHttpBridge> {
  return createHttpBridge({ base: host.url.replace(/\/$/, ''), token: given, onUnauthorized: refused })
}

beforeEach(async () => {
  refused.mockClear()
  host = await startFakeHost(answersOf(world([])))
})
afterEach(() => {
  host.close()
})

describe('the bridge over HTTP', () => {
  it('brings back what the host answers', async () => {
    expect(await bridgeWith(host.token).invoke('settings.read', {})).toEqual({ ok: true, value: { theme: 'system' } })
  })

  it('hands refusals on as values', async () => {
    const result = await bridgeWith(host.token).invoke('session.get', { id: 'none' })
    expect(result).toEqual({ ok: false, error: { code: 'not_found', message: 'There is no such session.' } })
  })

  it('brings bytes back as they are', async () => {
    host.close()
    const block = new Uint8Array([0, 1, 254, 255])
    host = await startFakeHost({ 'session.block': () => block })
    expect(await bridgeWith(host.token).invoke('session.block', { id: 'a', spans: false })).toEqual({
      ok: true,
      value: block,
    })
  })

  it('tells when the token is not the right one, or is missing', async () => {
    for (const given of ['another', null]) {
      const result = await bridgeWith(given).invoke('settings.read', {})
      expect(result).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
    }
    expect(refused).toHaveBeenCalledTimes(2)
  })

  it('answers that the host is away when it is', async () => {
    const bridge = createHttpBridge({ base: 'http://127.0.0.1:1', token: host.token, onUnauthorized: refused })
    expect(await bridge.invoke('settings.read', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } })
  })

  it('passes pushes on, and after a cut connects anew and takes everything for changed', async () => {
    const seen: Changed[] = []
    const stop = bridgeWith(host.token).subscribe((changed) => seen.push(changed))
    await vi.waitFor(() => {
      host.push('sessions')
      expect(seen).toContainEqual({ topics: ['sessions'] })
    })
    host.cutPushes()
    await vi.waitFor(() => expect(seen).toContainEqual({ topics: [...topics] }), 5000)
    stop()
  })

  it('asks no more when the push is refused', async () => {
    const stop = bridgeWith('another').subscribe(() => undefined)
    await vi.waitFor(() => expect(refused).toHaveBeenCalledOnce())
    stop()
  })
})
