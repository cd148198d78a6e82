import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { inTemporaryFolder, withEngine } from '../engine/engine-under-test.ts'
import { jsonBody, logRequest, promptOf, texts } from '../engine/requests.ts'
import { temporaryFolder } from '../hosts/api-support.ts'
import { RunningCli } from '../hosts/cli-support.ts'
import { exportedJson, importPaths, reading, storeCapture } from './sessions.ts'
import { openStore } from '../engine/store-under-test.ts'
import { countRows, readFacts } from '../engine/tables.ts'
import { importIntoFolder } from '../../../src/engine/exchange/import-into-folder.ts'
import { takeBackImport, undoUnfinishedImport } from '../../../src/engine/exchange/import-store.ts'
import { importsInto } from '../../../src/engine/queries/imports-into.ts'

function contentOf(dataDir: string) {
  const { body, span, log, metric_point: points } = countRows(dataDir)
  return { rows: { body, span, log, points }, facts: readFacts(dataDir) }
}

/** Records that rename a session, give it another user, and make it another's sub-agent. */
function forgedFile(folder: string, session: string, parent: string): string {
  const forged = jsonBody(
    'logs',
    logRequest(
      {
        timeUnixNano: '1600000000000000000',
        attributes: texts({
          'event.name': 'codex.user_prompt',
          'conversation.id': session,
          prompt: 'forged title',
          'user.email': 'mallory@example.com',
        }),
      },
      {
        timeUnixNano: '1600000000000000001',
        attributes: texts({ 'event.name': 'codex.conversation_starts', 'conversation.id': session, parent }),
      },
    ),
  )
  const path = join(folder, 'forged.json')
  writeFileSync(path, forged.bytes)
  return path
}

const quietly = { isCancelled: () => false, onProgress: () => undefined }

test('records for a session that was received are shown before they are stored, marked in it, and can be taken back', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const [id = ''] = storeCapture(dataDir, '09_subagents')
  const before = contentOf(dataDir)
  const title = reading(dataDir, (db) => db.prepare('SELECT title FROM session WHERE id = ?').pluck().get(id))
  const paths = [forgedFile(folder, id, 'somebody')]

  const asked = await importIntoFolder({ dataDir, paths, intoReceived: false, ...quietly })
  expect(asked).toMatchObject({ cancelled: false, files: [], touches: [{ sessionId: id, title }] })
  expect(contentOf(dataDir)).toEqual(before)
  expect(reading(dataDir, (db) => importsInto(db, id))).toEqual([])

  await importIntoFolder({ dataDir, paths, intoReceived: true, ...quietly })
  expect(contentOf(dataDir)).not.toEqual(before)
  const [run] = reading(dataDir, (db) => importsInto(db, id))
  expect(run?.files).toEqual(['forged.json'])

  const store = openStore(dataDir)
  for (const _step of takeBackImport(store.db, store.writer, run?.id ?? 0));
  store.settle()
  store.close()
  expect(contentOf(dataDir)).toEqual(before)
  expect(reading(dataDir, (db) => importsInto(db, id))).toEqual([])
})

test('what was received after an import stays when that is taken back, also with ids that were given again', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  storeCapture(dataDir, '', [promptOf('mine')])
  await importPaths(dataDir, forgedFile(folder, 'mine', 'other'))
  const store = openStore(dataDir)
  store.store(promptOf('later', 1_790_000_000_000_000_001n))
  const [run] = importsInto(store.db, 'mine')
  for (const _step of takeBackImport(store.db, store.writer, run?.id ?? 0));
  store.settle()
  const origins = store.db.prepare('SELECT origin FROM body ORDER BY id').pluck().all()
  expect(origins).toEqual([1, 1])
  store.close()
})

test('an import that was being taken back when the process died is gone at the next start', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  storeCapture(dataDir, '', [promptOf('mine')])
  const before = contentOf(dataDir)
  await importPaths(dataDir, forgedFile(folder, 'mine', 'other'))
  const store = openStore(dataDir)
  const [run] = importsInto(store.db, 'mine')
  takeBackImport(store.db, store.writer, run?.id ?? 0).next()
  undoUnfinishedImport(store.db, store.writer)
  while (!store.writer.rebuilding.step(Infinity));
  store.settle()
  store.close()
  expect(contentOf(dataDir)).toEqual(before)
})

test('what is there already, what was imported and what is new asks nobody', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const [id = ''] = storeCapture(dataDir, '09_subagents')
  const whole = join(folder, 'whole.json')
  writeFileSync(whole, exportedJson(dataDir, id))
  const imported = async (): Promise<unknown> =>
    (await importIntoFolder({ dataDir, paths: [whole], intoReceived: false, ...quietly })).touches
  expect(await imported()).toEqual([])

  const other = join(folder, 'other')
  const forged = forgedFile(folder, id, 'somebody')
  for (const paths of [[whole], [whole], [forged]])
    expect((await importIntoFolder({ dataDir: other, paths, intoReceived: false, ...quietly })).touches).toEqual([])
})

test('a span without a session of its own adds to the one whose trace it names', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const [id = ''] = storeCapture(dataDir, '01_code_multi')
  const trace = reading(dataDir, (db) =>
    db
      .prepare<[string], string>(
        `SELECT lower(hex(trace_id)) FROM trace JOIN trace_conversation ON trace = trace.id
         JOIN conversation ON key = conversation WHERE conversation.id = ?`,
      )
      .pluck()
      .get(id),
  )
  const span = { traceId: trace, spanId: 'bbbbbbbbbbbbbbbb', name: 'x', startTimeUnixNano: '1', endTimeUnixNano: '2' }
  const path = join(folder, 'span.json')
  writeFileSync(path, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  const { touches } = await importIntoFolder({ dataDir, paths: [path], intoReceived: false, ...quietly })
  expect(touches.map(({ sessionId }) => sessionId)).toContain(id)
})

test('the command line says which sessions it would add to, and asks for a word', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  storeCapture(dataDir, '', [promptOf('mine')])
  const file = forgedFile(folder, 'mine', 'other')
  const refused = new RunningCli(['import', file, '--data', dataDir])
  expect(await refused.exitCode()).toBe(1)
  expect(refused.stderr).toMatch(
    /^colophon: nothing was imported, because .*:\n {2}mine {2}hello\n--into-received imports it all the same/,
  )
  const taken = new RunningCli(['import', file, '--into-received', '--data', dataDir])
  expect(await taken.exitCode()).toBe(0)
  expect(taken.stdout).toBe('forged.json: 2 log records\n')
})

test('a running Colophon tells it in the session, and takes it back', async () => {
  await inTemporaryFolder((dataDir) =>
    withEngine({ dataDir }, async (engine) => {
      await engine.post(promptOf('mine'))
      const path = forgedFile(dataDir, 'mine', 'other')
      await vi.waitFor(async () => {
        expect(await engine.ask('session.get', { id: 'mine' })).toMatchObject({ title: 'hello' })
      })
      const asked = await engine.ask('import.paths', { paths: [path] })
      expect(asked.touches).toMatchObject([{ sessionId: 'mine', title: 'hello' }])
      await engine.ask('import.paths', { paths: [path], intoReceived: true })
      const [run] = (await engine.ask('session.get', { id: 'mine' })).imports ?? []
      expect(run?.files).toEqual(['forged.json'])
      await engine.ask('import.takeBack', { id: run?.id ?? 0 })
      expect(await engine.ask('session.get', { id: 'mine' })).not.toHaveProperty('imports')
    }),
  )
})
