import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpackBodies } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { storeHome } from '../history/stored-home.ts'

const folder = new URL('../../fixtures/findings/changed/', import.meta.url)

function unpackInto(home: string): void {
  const file = readdirSync(folder).find((name) => name.startsWith('rollout-')) ?? ''
  const day = join(home, 'sessions/2026/11/29')
  mkdirSync(day, { recursive: true })
  writeFileSync(join(day, file.replace('.gz', '')), gunzipSync(readFileSync(new URL(file, folder))))
}

test('a cache that is lost as tools or instructions change says so, as far as anything tells of the change', async () => {
  for (const fileFirst of [false, true])
    await inTemporaryFolder(async (dataDir) => {
      const store = openStore(dataDir)
      const home = join(dataDir, 'home')
      unpackInto(home)
      const causes = () => {
        store.settle()
        const id = store.db.prepare<[], string>('SELECT id FROM session').pluck().get() ?? ''
        const { findings } = store.reader['session.findings']({ id })
        return findings.flatMap(({ kind, subject, title }) => (kind === 'cache-break' ? [{ subject, title }] : []))
      }
      try {
        if (fileFirst) await storeHome(store.db, home)
        store.replay(unpackBodies(folder, [{ file: 'logs.pb.gz', signal: 'logs', encoding: 'protobuf' }]))
        // Telemetry alone knows of servers that come and go.
        if (!fileFirst) {
          expect(causes().map(({ subject }) => subject)).toEqual(['tools', 'unknown'])
          await storeHome(store.db, home)
        }
        expect(causes()).toMatchObject([
          // What was cached is 9,600 of 9,900 of the input before, and 9,000 of 9,300.
          {
            subject: 'tools',
            title: expect.stringMatching(/^The cache was lost once as the tools changed, 8\.7k /) as string,
          },
          {
            subject: 'instructions',
            title: expect.stringMatching(/as the instructions changed, 8\.1k tokens/) as string,
          },
        ])
        store.writer.rebuild()
        expect(causes().map(({ subject }) => subject)).toEqual(['tools', 'instructions'])
      } finally {
        store.close()
      }
    })
})
