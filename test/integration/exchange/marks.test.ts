import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { procedures } from '../../../src/contract/index.ts'
import type { ParsedParams } from '../../../src/contract/index.ts'
import { importIntoFolder } from '../../../src/engine/exchange/import-into-folder.ts'
import { takeBackImport } from '../../../src/engine/exchange/import-store.ts'
import { importsInto } from '../../../src/engine/queries/imports-into.ts'
import { findSession } from '../../../src/engine/queries/session-list.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { userMarks } from '../../../src/engine/store/user-marks.ts'
import { saidNothing, type ByUser } from '../../../src/model/session/by-user.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { exportedJson, exportText, importPaths, reading, storeCapture } from './sessions.ts'

type Marked = Omit<ParsedParams<'session.mark'>, 'id'>

function mark(dataDir: string, id: string, said: Marked): ByUser {
  const db = openForWriting(dataDir)
  try {
    return userMarks(db).mark(procedures['session.mark'].params.parse({ id, ...said }))
  } finally {
    db.close()
  }
}

const saidOf = (dataDir: string, id: string): ByUser | undefined =>
  reading(dataDir, (db) => findSession(db, id, 0)?.byUser)

const said: ByUser = {
  name: 'The <b>cart</b>',
  starred: true,
  note: 'Slow since SHOP-42.\nSee main.',
  tags: ['a', 'b'],
}

test('what the user says goes with an export, is added where nothing is said, and goes with the import alone', () =>
  inTemporaryFolder(async (folder) => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    const [id = ''] = storeCapture(from, '02_classic')
    expect(mark(from, id, said)).toEqual(said)
    const file = join(folder, 'session.json')
    writeFileSync(file, exportedJson(from, id))

    await importPaths(to, file)
    expect(saidOf(to, id)).toEqual(said)
    expect(exportedJson(to, id)).toBe(exportedJson(from, id))

    // Where the session was received, nothing is added unasked; what is said there stays.
    const mine = join(folder, 'mine')
    storeCapture(mine, '02_classic')
    mark(mine, id, { name: 'Mine', tags: ['b', 'c'] })
    const own = saidOf(mine, id)
    const run = (intoReceived: boolean) =>
      importIntoFolder({ dataDir: mine, paths: [file], intoReceived, isCancelled: () => false, onProgress: () => {} })
    expect((await run(false)).touches).toMatchObject([{ sessionId: id, title: 'Mine' }])
    expect(saidOf(mine, id)).toEqual(own)
    await run(true)
    expect(saidOf(mine, id)).toEqual({ ...said, name: 'Mine', tags: ['a', 'b', 'c'] })
    mark(mine, id, { note: 'Changed since.' })
    const store = openStore(mine)
    const [imported] = importsInto(store.db, id)
    for (const _step of takeBackImport(store.db, store.writer, imported?.id ?? 0));
    store.settle()
    expect(importsInto(store.db, id)).toEqual([])
    store.close()
    expect(saidOf(mine, id)).toEqual({ ...own, note: 'Changed since.' })
  }))

test('an import that is cancelled leaves nothing of what it would have said', () =>
  inTemporaryFolder(async (folder) => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    const [id = ''] = storeCapture(from, '02_classic')
    mark(from, id, said)
    const file = join(folder, 'session.json')
    writeFileSync(file, exportedJson(from, id))
    storeCapture(to, '02_classic')
    // It is looked at after each part that was stored.
    const isCancelled = (): boolean => saidOf(to, id)?.name === said.name
    const done = await importIntoFolder({
      ...{ dataDir: to, paths: [file], intoReceived: true, isCancelled, onProgress: () => undefined },
    })
    expect(done.cancelled).toBe(true)
    expect(saidOf(to, id)).toEqual(saidNothing)
  }))

test('a redacted export redacts what the user says like every other text; Markdown says it', () =>
  inTemporaryFolder((folder) => {
    const [id = ''] = storeCapture(folder, '02_classic')
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD'
    mark(folder, id, { name: `# [Key](x) ${secret}`, note: `first\n# second ${secret}`, tags: [`t ${secret}`] })
    const text = (format: 'json' | 'markdown', redact: readonly 'secrets'[]): string =>
      reading(folder, (db) => exportText(db, { id, format, redact, version: '0' }))
    expect(text('json', ['secrets'])).toContain('[Key](x)')
    expect(text('json', ['secrets'])).not.toContain(secret)
    expect(text('markdown', ['secrets'])).not.toContain(secret)
    const markdown = text('markdown', [])
    expect(markdown.split('\n')[0]).toBe(`# \\# \\[Key\\](x) ${secret}`)
    expect(markdown).toContain(`\n> first\n> \\# second ${secret}\n`)
    expect(markdown).toContain(`| Tags | t ${secret} |`)
  }))

test('names outlive a rebuild and stand by the id alone; a session that is not there is not named', () =>
  inTemporaryFolder((folder) => {
    const [id = ''] = storeCapture(folder, '02_classic')
    mark(folder, id, said)
    const store = openStore(folder)
    store.writer.rebuild()
    store.settle()
    store.close()
    expect(saidOf(folder, id)).toEqual(said)
    expect(() => mark(folder, 'nobody', { name: 'x' })).toThrow('no session')
  }))

test.each([
  ['line breaks and controls become spaces', { name: ' a\u0000\r\n\tb ' }, { name: 'a b' }],
  ['a name of spaces is none', { name: ' \u0007 ' }, { name: null }],
  [
    'quotes, wildcards and other scripts stay',
    { name: '\'%_\\ "; DROP --日本語' },
    { name: '\'%_\\ "; DROP --日本語' },
  ],
  ['tags are sorted, each once, none empty', { tags: ['b', ' a ', 'b', ''] }, { tags: ['a', 'b'] }],
] as const)('of what is said %s', (_what, given, kept) =>
  inTemporaryFolder((folder) => {
    const [id = ''] = storeCapture(folder, '02_classic')
    expect(mark(folder, id, given as never)).toEqual({ ...saidNothing, ...kept })
  }),
)
