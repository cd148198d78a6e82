import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { ImportProgress } from '../../../src/contract/exchange.ts'
import { importIntoFolder } from '../../../src/engine/exchange/import-into-folder.ts'
import { beginImport, undoUnfinishedImport } from '../../../src/engine/exchange/import-store.ts'
import { protobufBodies } from '../../../src/engine/exchange/import-protobuf.ts'
import type { Db } from '../../../src/engine/store/database.ts'
import { asProtobuf, loadCapture } from '../../captures.ts'
import { writeBigSession } from '../../bench/big-session.ts'
import { inTemporaryFolder, withEngine } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { countRows, readFacts } from '../engine/tables.ts'
import { exportDone, exportWhole } from './export-through-engine.ts'
import { writeLines } from './foreign-files.ts'
import { exportedJson, reading, storeCapture } from './sessions.ts'

function contentOf(dataDir: string) {
  const { body, span, log, metric_point: points } = countRows(dataDir)
  return { rows: { body, span, log, points }, facts: readFacts(dataDir) }
}

test.each(['checking', 'storing'] as const)(
  'cancelled while %s, nothing is left, and what was there before is whole',
  async (phase) => {
    await inTemporaryFolder(async (folder) => {
      const dataDir = join(folder, 'data')
      storeCapture(dataDir, '09_subagents')
      const before = contentOf(dataDir)
      storeCapture(join(folder, 'other'), '08_mcp')
      const first = join(folder, 'session.json')
      const [id = ''] = storeCapture(join(folder, 'other'), '08_mcp')
      writeFileSync(first, exportedJson(join(folder, 'other'), id))
      const second = join(folder, 'lines.jsonl')
      await writeLines(second, 4_000_000)

      const seen: ImportProgress[] = []
      const isThere = ({ file, phase: now, bytesDone }: ImportProgress): boolean =>
        file === 'lines.jsonl' && now === phase && bytesDone > 0
      const result = await importIntoFolder({
        dataDir,
        paths: [first, second],
        intoReceived: true,
        isCancelled: () => seen.some(isThere),
        onProgress: (progress) => seen.push(progress),
      })
      expect(result).toEqual({ cancelled: true, files: [], touches: [] })
      expect(seen.some((progress) => progress.phase === 'undoing')).toBe(true)
      expect(contentOf(dataDir)).toEqual(before)
    })
  },
)

test('an import that a crash cut off is taken back at the next start', async () => {
  await inTemporaryFolder(async (dataDir) => {
    storeCapture(dataDir, '08_mcp')
    const before = contentOf(dataDir)
    const store = openStore(dataDir)
    const bodies = loadCapture('09_subagents').bodies.map(asProtobuf)
    const pause = (): Promise<void> => Promise.resolve()
    const parts = bodies.map(({ signal, bytes }) => protobufBodies(signal, Buffer.from(bytes), { pause }))
    beginImport(store.db, store.writer).store((await Promise.all(parts)).flat())
    store.settle()
    expect(contentOf(dataDir)).not.toEqual(before)
    undoUnfinishedImport(store.db, store.writer)
    while (!store.writer.rebuilding.step(Infinity));
    store.settle()
    expect(contentOf(dataDir)).toEqual(before)
    undoUnfinishedImport(store.db, store.writer)
    expect(store.writer.rebuilding.step(Infinity)).toBe(true)
    store.close()
    expect(contentOf(dataDir)).toEqual(before)
  })
})

const isRebuilding = (db: Db): boolean =>
  db.prepare(`SELECT 1 FROM setting WHERE key = 'rebuild.running'`).get() !== undefined

test('a rebuild that a crash cut off goes on at the next start, with what was received meanwhile', async () => {
  await inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, 'data')
    storeCapture(dataDir, '09_subagents')
    const store = openStore(dataDir)
    store.writer.rebuilding.begin()
    expect(store.writer.rebuilding.step(0)).toBe(false)
    const { bodies } = loadCapture('08_mcp')
    for (const body of bodies.slice(0, 2)) store.store(body)
    store.settle()
    store.close()
    await withEngine({ dataDir }, async (engine) => {
      for (const body of bodies.slice(2)) expect((await engine.post(body)).status).toBe(200)
      await vi.waitFor(() => expect(reading(dataDir, isRebuilding)).toBe(false), { timeout: 20_000 })
      await engine.settled()
    })
    const untouched = join(folder, 'untouched')
    storeCapture(untouched, '09_subagents')
    storeCapture(untouched, '08_mcp')
    expect(contentOf(dataDir)).toEqual(contentOf(untouched))
  })
})

test('while a cancelled import is taken back, what Codex sends is stored', async () => {
  await inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, 'data')
    const id = writeBigSession(dataDir, 2)
    const spans = countRows(dataDir)['span'] ?? 0
    const file = join(folder, 'lines.jsonl')
    await writeLines(file, 10_000_000)
    const { bodies } = loadCapture('08_mcp')
    await withEngine({ dataDir }, async (engine) => {
      const importing = engine.ask('import.paths', { paths: [file] })
      await vi.waitFor(
        async () => {
          const { phase, bytesDone } = await engine.ask('import.progress', {})
          expect(phase).toBe('storing')
          expect(bytesDone).toBeGreaterThan(4_000_000)
        },
        { timeout: 30_000, interval: 5 },
      )
      let isUndone = false
      const cancelling = engine.ask('import.cancel', {}).then(() => (isUndone = true))
      const [first, ...others] = bodies
      if (first !== undefined) expect((await engine.post(first)).status).toBe(200)
      expect(isUndone).toBe(false)
      for (const body of others) expect((await engine.post(body)).status).toBe(200)
      await cancelling
      expect(await importing).toEqual({ cancelled: true, files: [], touches: [] })
      await engine.settled()
      const { sessions } = await engine.ask('session.list', {})
      expect(sessions.map((session) => session.id)).toContain(id)
      expect(sessions).toHaveLength(2)
    })
    storeCapture(join(folder, 'other'), '08_mcp')
    expect(countRows(dataDir)).toMatchObject({ span: spans + (countRows(join(folder, 'other'))['span'] ?? 0) })
  })
})

test('while a file is imported, what Codex sends is stored at once, and progress and cancel are answered', async () => {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'lines.jsonl')
    await writeLines(file, 10_000_000)
    await withEngine({ dataDir: join(folder, 'data') }, async (engine) => {
      const importing = engine.ask('import.paths', { paths: [file] })
      const progress = () => engine.ask('import.progress', {})
      await vi.waitFor(async () =>
        expect(await progress()).toMatchObject({ running: true, phase: 'checking', files: 1 }),
      )
      await expect(engine.ask('import.paths', { paths: [file] })).rejects.toThrow('another import is running')
      for (const body of loadCapture('08_mcp').bodies) expect((await engine.post(body)).status).toBe(200)
      expect((await progress()).running).toBe(true)
      expect((await progress()).bytes).toBeGreaterThan(10_000_000)
      await vi.waitFor(async () => expect((await progress()).phase).toBe('storing'), { timeout: 30_000, interval: 20 })
      await engine.ask('import.cancel', {})
      expect(await importing).toEqual({ cancelled: true, files: [], touches: [] })
      expect(await progress()).toMatchObject({ running: false, phase: 'idle' })
      await engine.settled()
      const { sessions } = await engine.ask('session.list', {})
      expect(sessions).toMatchObject([{ apiCalls: 2, toolCalls: 2 }])
      await engine.close()
    })
    const { bodies } = loadCapture('08_mcp')
    expect(countRows(join(folder, 'data'))).toMatchObject({ body: bodies.length })
  })
})

test('a file that the page dropped leaves room for what Codex sends as well', async () => {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'lines.jsonl')
    await writeLines(file, 6_000_000)
    const text = readFileSync(file, 'utf8')
    await withEngine({ dataDir: join(folder, 'data') }, async (engine) => {
      let isDone = false
      const importing = engine.ask('import.files', { files: [{ name: 'lines.jsonl', text }] }).finally(() => {
        isDone = true
      })
      await vi.waitFor(async () => expect((await engine.ask('import.progress', {})).running).toBe(true), {
        interval: 5,
      })
      const [first] = loadCapture('08_mcp').bodies
      if (first !== undefined) expect((await engine.post(first)).status).toBe(200)
      expect(isDone).toBe(false)
      expect((await importing).files).toMatchObject([{ error: null, known: 0 }])
    })
  })
})

test('an engine that closes stops its import first', async () => {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'lines.jsonl')
    await writeLines(file, 6_000_000)
    const dataDir = join(folder, 'data')
    await withEngine({ dataDir }, async (engine) => {
      const importing = engine.ask('import.paths', { paths: [file] })
      await vi.waitFor(async () => expect((await engine.ask('import.progress', {})).running).toBe(true))
      await engine.close()
      expect(await importing).toMatchObject({ cancelled: true })
    })
    expect(countRows(dataDir)).toMatchObject({ body: 0, span: 0 })
  })
})

test('the page exports a session, sees what a redaction takes, and gives the file back', async () => {
  await inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, 'first')
    const [id = ''] = storeCapture(dataDir, '28_guardian')
    const exported = await withEngine({ dataDir }, async (engine) => {
      const asked = { id, redact: ['prompts' as const, 'paths' as const, 'email' as const], samples: 2 }
      const { exportId } = await engine.ask('export.preview', asked)
      const { preview } = await exportDone(engine, exportId)
      if (preview === null) throw new Error('no preview')
      await expect(engine.ask('export.read', { exportId, offset: 0 })).rejects.toThrow('bad_request')
      expect(preview.counts.prompts).toBeGreaterThan(0)
      expect(preview.counts).toMatchObject({ arguments: 0, output: 0, secrets: 0 })
      expect(preview.samples.filter(({ kind }) => kind === 'paths')).toHaveLength(2)
      for (const format of ['otlp', 'perfetto', 'markdown'] as const)
        expect((await exportWhole(engine, id, format)).text.length).toBeGreaterThan(100)
      return exportWhole(engine, id, 'json')
    })
    expect(exported).toMatchObject({ fileName: `codex-${id}.session.json`, mediaType: 'application/json' })
    await withEngine({ dataDir: join(folder, 'second') }, async (engine) => {
      const base64 = Buffer.from(exported.text).toString('base64')
      const { files } = await engine.ask('import.files', {
        files: [
          { name: 'a.json', base64 },
          { name: 'b', text: '{' },
        ],
      })
      expect(files).toMatchObject([
        { error: null, sessionId: id },
        { error: expect.stringContaining('line 1') as string },
      ])
      await engine.settled()
      expect((await exportWhole(engine, id, 'json')).text === exported.text).toBe(true)
    })
  })
})
