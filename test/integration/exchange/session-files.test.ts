import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { exportPieces } from '../../../src/engine/exchange/export-session.ts'
import { beginImport, takeBackImport } from '../../../src/engine/exchange/import-store.ts'
import { runImport } from '../../../src/engine/exchange/run-import.ts'
import { memorySource } from '../../../src/engine/exchange/import-source.ts'
import { readSaid } from '../../../src/engine/exchange/said.ts'
import { conversationQueries } from '../../../src/engine/queries/conversation.ts'
import type { Db } from '../../../src/engine/store/database.ts'
import { procedures } from '../../../src/contract/index.ts'
import { columnOf, membersOf, rolloutTableNames } from '../../../src/model/exchange/rollout-rows.ts'
import { redactionKind, type RedactionKind } from '../../../src/model/exchange/redaction.ts'
import { sessionFile, sessionFileSchema } from '../../../src/model/exchange/session-file.ts'
import { loadRolloutRun, type RolloutRun } from '../../rollouts.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import { readFacts } from '../engine/tables.ts'
import { fromFiles } from '../history/files-alone.ts'
import { importPaths, producer, reading, withoutReport } from './sessions.ts'

const isSession = new Ajv2020({ strict: false }).compile(sessionFileSchema())

async function exported(
  db: Db,
  id: string,
  conversation: boolean,
  redact: readonly RedactionKind[] = [],
): Promise<string> {
  const said = conversation ? await readSaid(db, id) : null
  const request = { id, format: 'json', redact, version: producer.version, said } as const
  const text = db.transaction(() => [...exportPieces(db, request)].join(''))()
  expect(isSession(JSON.parse(text)), JSON.stringify(isSession.errors)).toBe(true)
  return text
}

function topOf(run: RolloutRun): string {
  return run.threads.find(({ kind, files }) => kind === 'user' && files.length > 0)?.id ?? ''
}

async function conversationOf(db: Db, id: string) {
  const params = procedures['session.conversation'].params.parse({ id, limit: 200 })
  return conversationQueries(db)['session.conversation'](params)
}

/** Asks a store on a machine without the session files, after it has imported a document. */
async function imported(
  text: string,
  ask: (store: StoreUnderTest, dataDir: string) => void | Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'session.json')
    writeFileSync(file, text)
    const dataDir = join(folder, 'data')
    const [result] = await importPaths(dataDir, file)
    expect(result?.error).toBeNull()
    const { version, rollouts } = JSON.parse(text) as { version: number; rollouts?: { files: unknown[] } }
    expect(result?.sessionFiles, `version ${String(version)}`).toBe(rollouts?.files.length ?? 0)
    const store = openStore(dataDir)
    await ask(store, dataDir)
    store.close()
  })
}

const names = [
  '01_fix',
  '02_codemode',
  '03_agents',
  '06_refused',
  '09_tui',
  '12_compact_auto',
  '21_tui_backtrack',
  '25_upgrade',
]

describe.each(names)('%s, exported with its conversation and imported where its files are not', (name) => {
  const run = loadRolloutRun(name)
  const id = topOf(run)

  it.each(['files', 'both'] as const)('is the same session, to the byte, as told by %s', async (witness) => {
    await fromFiles(run, async (reader, store) => {
      if (witness === 'both') for (const body of run.bodies) store.store(body)
      store.settle()
      const text = await exported(store.db, id, true)
      const here = await conversationOf(store.db, id)
      const rows = reader['session.tree']({ id }).rows
      await imported(text, async (other, dataDir) => {
        expect((await exported(other.db, id, true)) === text).toBe(true)
        expect(other.reader['session.tree']({ id }).rows).toEqual(rows)
        const there = await conversationOf(other.db, id)
        expect(there).toMatchObject({ imported: true, files: [], total: here.total })
        expect(there.items.map(withoutImages)).toEqual(here.items.map(withoutImages))
        const before = readFacts(dataDir)
        const again = join(dataDir, 'again.json')
        writeFileSync(again, text)
        other.close()
        await importPaths(dataDir, again)
        expect(readFacts(dataDir)).toEqual(before)
      })
    })
  })

  it('counts each thing once in its facts', async () => {
    await fromFiles(run, async (_reader, store) => {
      for (const body of run.bodies) store.store(body)
      store.settle()
      const { sessions, facts } = sessionFile.parse(JSON.parse(await exported(store.db, id, false)))
      // From the request, as every view means it; from the headers, as Codex says it, is less.
      const fromRequest = 'SELECT first_token_ms FROM api_call WHERE session_id = ? AND first_token_ms > ttft_ms'
      const firstTokens = store.db.prepare(fromRequest).pluck().all(id)
      expect(facts.apiCalls.map((call) => call.timeToFirstTokenMs)).toEqual(expect.arrayContaining(firstTokens))
      for (const session of sessions) {
        const own = <T extends { sessionId: string }>(rows: readonly T[]): T[] =>
          rows.filter(({ sessionId }) => sessionId === session.id)
        const truth = run.threads.find((thread) => thread.id === session.id)
        expect(own(facts.apiCalls).filter(({ status }) => status === 'completed')).toHaveLength(
          truth?.calls.length ?? -1,
        )
        expect(own(facts.turns)).toHaveLength(truth?.turns.length ?? -1)
        expect(
          own(facts.toolCalls)
            .map(({ callId }) => callId)
            .sort(),
        ).toEqual(truth?.tools.map(({ call_id }) => call_id).sort())
      }
    })
  })
})

function withoutImages<T extends object>(item: T): T {
  return 'images' in item ? { ...item, images: [] } : item
}

it.each(['01_fix', '09_tui', '28_chatgpt_ws', '29_review'])(
  '%s with everything redacted keeps no word of it, and its shape',
  async (name) => {
    const run = loadRolloutRun(name)
    const id = topOf(run)
    await fromFiles(run, async (_reader, { db }) => {
      const whole = sessionFile.parse(JSON.parse(await exported(db, id, true)))
      const text = await exported(db, id, true, redactionKind.options)
      const prompts = run.threads.find((thread) => thread.id === id)?.prompts.map((prompt) => prompt.text) ?? []
      expect(prompts.length).toBeGreaterThan(0)
      for (const prompt of prompts) expect(text).not.toContain(prompt.slice(0, 24))
      expect(text).not.toMatch(/\/home\/dev|@example|acct[-_]|user-[A-Za-z0-9]{6}/)
      const left = sessionFile.parse(JSON.parse(text))
      expect(left.facts.turns.length).toBe(whole.facts.turns.length)
      if (left.version !== 2 || whole.version !== 2) throw new Error('of version 2')
      expect(left.conversation?.map(({ item }) => item.kind)).toEqual(whole.conversation?.map(({ item }) => item.kind))
      const said =
        left.conversation?.flatMap(({ item }) => ('text' in item && item.text !== null ? [item.text] : [])) ?? []
      expect(said.every(({ text: words, leftOut }) => words === '' && leftOut === true)).toBe(true)
      await imported(text, async (other) => {
        expect(withoutReport(await exported(other.db, id, true)) === withoutReport(text)).toBe(true)
      })
    })
  },
)

it('every column of what session files tell is exported, but for places of lines and numbers of files', async () => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const table of rolloutTableNames) {
      const columns = store.db
        .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
        .pluck()
        .all(`rollout_${table}`)
      const kept = columns.filter((name) => !/^(?:(?:called|said|item)_(?:offset|bytes)|file)$/.test(name))
      expect(kept.sort(), table).toEqual(membersOf(table).map(columnOf).sort())
    }
    store.close()
  })
})

it('a session that failed is exported as failed', async () => {
  const run = loadRolloutRun('06_refused')
  await fromFiles(run, async (_reader, { db }) => {
    const { session, facts } = sessionFile.parse(JSON.parse(await exported(db, topOf(run), false)))
    expect(session.state).toBe('failed')
    expect(facts.turns.map(({ state }) => state)).toEqual(['failed'])
  })
})

it('leaves the conversation out unless it is asked for', async () => {
  const run = loadRolloutRun('01_fix')
  await fromFiles(run, async (_reader, { db }) => {
    const id = topOf(run)
    const text = await exported(db, id, false)
    expect(JSON.parse(text)).toMatchObject({ version: 2, conversation: null })
    await imported(text, async (other) => {
      expect(await conversationOf(other.db, id)).toMatchObject({ imported: false, total: 0 })
    })
  })
})

it('an import of what session files told can be taken back, and leaves nothing', async () => {
  const run = loadRolloutRun('03_agents')
  const text = await new Promise<string>((resolve, reject) => {
    fromFiles(run, async (_reader, { db }) => {
      resolve(await exported(db, topOf(run), true))
    }).catch(reject)
  })
  await inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    const before = readFacts(dataDir)
    await runImport({
      sources: [memorySource('session.json', Buffer.from(text))],
      intoReceived: false,
      begin: () => beginImport(store.db, store.writer),
      isCancelled: () => false,
      onProgress: () => undefined,
    })
    store.settle()
    expect(store.reader['session.list']({ limit: 10, offset: 0, helpers: true }).total).toBe(3)
    const importRun = store.db.prepare<[], number>('SELECT id FROM import_run').pluck().get() ?? 0
    for (const _step of takeBackImport(store.db, store.writer, importRun));
    store.settle()
    expect(readFacts(dataDir)).toEqual(before)
    store.close()
  })
})

it('a file of version 1 is imported as ever', async () => {
  const fixture = new URL('../../fixtures/sessions/version-1.session.json.gz', import.meta.url)
  const text = gunzipSync(readFileSync(fixture)).toString()
  const old = JSON.parse(text) as {
    version: number
    session: { id: string; turns: number }
    facts: { toolCalls: unknown[] }
  }
  expect(old.version).toBe(1)
  expect(isSession(old), JSON.stringify(isSession.errors)).toBe(true)
  await imported(text, (_store, dataDir) => {
    reading(dataDir, (db) => {
      const turns = db.prepare<[string], number>('SELECT turns FROM session WHERE id = ?').pluck().get(old.session.id)
      expect(turns).toBe(old.session.turns)
    })
  })
})
