import { expect, it } from 'vitest'
import { openForReading, openForWriting } from '../../../src/engine/store/database.ts'
import { logBytes, shrinkLog } from '../../../src/engine/store/shrink-log.ts'
import { inTemporaryFolder } from './engine-under-test.ts'

it('a log that grew while somebody read gives its room back when the reader is done, and waits for nobody before', async () => {
  await inTemporaryFolder((dataDir) => {
    const db = openForWriting(dataDir)
    const reader = openForReading(dataDir)
    try {
      const rows = reader.prepare('SELECT key FROM setting UNION ALL SELECT 1 UNION ALL SELECT 2').iterate()
      rows.next()
      const write = db.prepare('INSERT INTO setting (key, value) VALUES (?, ?)')
      for (let i = 0; i < 24; i++) write.run(`row ${i}`, 'x'.repeat(1024 * 1024))
      expect(logBytes(db)).toBeGreaterThan(20 * 1024 * 1024)
      shrinkLog(db)
      expect(logBytes(db)).toBeGreaterThan(20 * 1024 * 1024)
      rows.return?.()
      shrinkLog(db)
      expect(logBytes(db)).toBe(0)
      expect(db.prepare('SELECT count(*) FROM setting').pluck().get()).toBeGreaterThanOrEqual(24)
    } finally {
      reader.close()
      db.close()
    }
  })
})
