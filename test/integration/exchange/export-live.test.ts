import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { exportChunkBytes, type ExportProgress } from '../../../src/contract/exchange.ts'
import { createExportJobs } from '../../../src/engine/exchange/export-jobs.ts'
import { databaseFile } from '../../../src/engine/store/database.ts'
import { writeBigSession } from '../../bench/big-session.ts'
import { inTemporaryFolder, withEngine } from '../engine/engine-under-test.ts'
import { exportDone, hearExports, readWhole } from './export-through-engine.ts'
import { exportedJson, exportText, reading, storeCapture, withoutReport } from './sessions.ts'

/** Of two turns, so that an export can be met under way. */
const big = { folder: '', id: '' }

beforeAll(() => {
  big.folder = mkdtempSync(join(tmpdir(), 'colophon-big-'))
  big.id = writeBigSession(big.folder, 2)
})

afterAll(() => rmSync(big.folder, { recursive: true }))

/** A copy of it, for a test of its own. */
function putBigSession(dataDir: string): string {
  copyFileSync(join(big.folder, databaseFile), join(dataDir, databaseFile))
  return big.id
}

const filesIn = (dataDir: string): string[] => readdirSync(join(dataDir, 'exports'))

test('a large file is written aside, told of as it grows, read in pieces and then removed', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const id = putBigSession(dataDir)
    await withEngine({ dataDir }, async (engine) => {
      const told: ExportProgress[] = []
      hearExports((said) => {
        if (said.kind === 'progress') told.push({ ...said.progress, done: false, preview: null })
      })
      const { exportId } = await engine.ask('export.start', { id, format: 'json' })
      const early = engine.ask('export.read', { exportId, offset: 0 })
      await expect(early).rejects.toThrow('bad_request')

      const { bytes, recordsDone, records } = await exportDone(engine, exportId)
      expect(recordsDone).toBe(records)
      expect(records).toBeGreaterThan(27_000)
      const writing = told.filter(({ phase }) => phase === 'writing').map((progress) => progress.recordsDone)
      expect(writing.some((some) => some > 0 && some < records)).toBe(true)
      expect(writing.at(-1)).toBe(records)
      expect(bytes).toBeGreaterThan(2 * exportChunkBytes)
      expect(filesIn(dataDir)).toEqual([exportId])
      if (process.platform !== 'win32') expect(statSync(join(dataDir, 'exports', exportId)).mode & 0o777).toBe(0o600)
      const text = (await readWhole(engine, exportId)).toString()
      expect(Buffer.byteLength(text)).toBe(bytes)
      expect(withoutReport(text) === exportedJson(dataDir, id)).toBe(true)

      await engine.ask('export.end', { exportId })
      expect(filesIn(dataDir)).toEqual([])
      await expect(engine.ask('export.read', { exportId, offset: 0 })).rejects.toThrow('not_found')
    })
  })
})

test.each(['writing', 'redacting'] as const)('cancelled while %s, it stops and leaves no file', async (phase) => {
  await inTemporaryFolder(async (dataDir) => {
    const id = putBigSession(dataDir)
    await withEngine({ dataDir }, async (engine) => {
      const redact = phase === 'redacting' ? (['paths'] as const) : []
      const reached = new Promise<void>((resolve) => {
        hearExports((said) => {
          if (said.kind === 'progress' && said.progress.phase === phase) resolve()
        })
      })
      const { exportId } = await engine.ask('export.start', { id, format: 'json', redact: [...redact] })
      await reached
      await engine.ask('export.end', { exportId })
      expect(filesIn(dataDir)).toEqual([])
      await expect(engine.ask('export.progress', { exportId })).rejects.toThrow('not_found')
    })
  })
})

test('while an export runs, what else is read is answered at once', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const id = putBigSession(dataDir)
    await withEngine({ dataDir }, async (engine) => {
      let isDone = false
      hearExports(({ kind }) => {
        isDone ||= kind === 'done'
      })
      await engine.ask('export.start', { id, format: 'otlp' })
      expect((await engine.ask('session.list', {})).total).toBe(1)
      expect(isDone).toBe(false)
    })
    expect(readdirSync(dataDir)).not.toContain('exports')
  })
})

test('a redacted file is the one that the command line writes', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const [id = ''] = storeCapture(dataDir, '09_subagents')
    const request = { id, format: 'json', redact: ['prompts', 'paths'] } as const
    const expected = reading(dataDir, (db) => exportText(db, { ...request, version: '0.0.0' }))
    await withEngine({ dataDir }, async (engine) => {
      const { exportId } = await engine.ask('export.start', { ...request, redact: [...request.redact] })
      await exportDone(engine, exportId)
      expect((await readWhole(engine, exportId)).toString() === expected).toBe(true)
    })
  })
})

test('what a crash left is removed at the next start', async () => {
  await inTemporaryFolder(async (dataDir) => {
    mkdirSync(join(dataDir, 'exports'))
    writeFileSync(join(dataDir, 'exports', 'half'), 'secret')
    await withEngine({ dataDir }, async (engine) => {
      await engine.ask('session.list', {})
      expect(readdirSync(dataDir)).not.toContain('exports')
    })
  })
})

test('a file that nobody asks for any more is removed', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const [id = ''] = storeCapture(dataDir, '08_mcp')
    const jobs = createExportJobs({ dataDir, sampleDir: dataDir, silenceMs: 0, version: '0' }, () => undefined, 1500)
    const exportId = jobs.start({ kind: 'file', id, format: 'markdown', redact: [], conversation: false })
    // To ask keeps it, however long its thread takes to start.
    await vi.waitFor(() => expect(jobs.progress(exportId).done).toBe(true), { timeout: 20_000, interval: 20 })
    expect(filesIn(dataDir)).toEqual([exportId])
    await vi.waitFor(() => expect(filesIn(dataDir)).toEqual([]), { timeout: 10_000, interval: 10 })
    expect(() => jobs.progress(exportId)).toThrow('no export')
    await jobs.close()
  })
})

test('more exports than a machine has use for are refused until one is done', async () => {
  await inTemporaryFolder(async (dataDir) => {
    const id = putBigSession(dataDir)
    await withEngine({ dataDir }, async (engine) => {
      const start = () => engine.ask('export.start', { id, format: 'json' })
      const started = await Promise.all([start(), start(), start(), start()])
      await expect(start()).rejects.toThrow('unavailable')
      await engine.ask('export.end', { exportId: started[0].exportId })
      await start()
    })
  })
})
