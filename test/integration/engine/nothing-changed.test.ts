import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { startEngine } from '../../../src/engine/index.ts'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder, postTo, silence } from './engine-under-test.ts'

/** Longer than facts and sums follow their records. */
const quietMs = 4000

test('every page reads anew what it shows once something is another, and not because something was asked', () =>
  inTemporaryFolder(async (dataDir) => {
    const free = { host: '127.0.0.1', port: 0 }
    const sampleDir = join(dataDir, 'no-sample')
    const silenceMs = silence.everythingIsOld
    const engine = await startEngine({ dataDir, version: '0.0.0', grpc: free, http: free, sampleDir, silenceMs })
    try {
      let toldAtMs = performance.now()
      let times = 0
      engine.onChanged(({ topics }) => {
        if (!topics.includes('sessions')) return
        toldAtMs = performance.now()
        times++
      })
      const port = Number(engine.receivers.http?.split(':').at(-1))
      const store = async (name: string): Promise<void> => {
        for (const body of loadCapture(name).bodies) await postTo(port, body)
      }
      await store('02_classic')
      await vi.waitFor(() => expect(times).toBeGreaterThan(0))
      await vi.waitFor(() => expect(performance.now() - toldAtMs).toBeGreaterThan(quietMs), { timeout: 60_000 })
      const before = times
      expect(await engine.dispatch('import.progress', {})).toMatchObject({ ok: true })
      await delay(1000)
      expect(times).toBe(before)
      await store('03b_errors_recovered')
      await vi.waitFor(() => expect(times).toBeGreaterThan(before))
    } finally {
      await engine.close()
    }
  }))
