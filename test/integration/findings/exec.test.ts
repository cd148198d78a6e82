import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unpackBodies, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'

const folder = new URL('../../fixtures/findings/exec/', import.meta.url)

/** What one of the runs sent; what it did stands in the README beside it. */
function bodiesOf(run: string): CapturedBody[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(`${run}-`))
  return unpackBodies(
    folder,
    files.map((file) => ({ file, signal: file.includes('-logs') ? 'logs' : 'traces', encoding: 'protobuf' })),
  )
}

function inStoreOf(runs: readonly string[], look: (store: StoreUnderTest) => void): Promise<void> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    try {
      for (const run of runs) store.replay(bodiesOf(run))
      while (!store.writer.sumUp(1000, 1e6));
      look(store)
    } finally {
      store.close()
    }
  })
}

/** The user's session that began last, and what it shows, but for the kinds that are not looked at here. */
function lastOf({ db, reader }: StoreUnderTest) {
  const id = db.prepare<[], string>(`SELECT id FROM session WHERE kind = 'user' ORDER BY id DESC`).pluck().get()
  const { findings, verdict } = reader['session.findings']({ id: id ?? '' })
  const values = (sql: string): number[] =>
    db
      .prepare<[string], number>(sql)
      .pluck()
      .all(id ?? '')
  return { by: new Map(findings.map((finding) => [finding.kind, finding])), values, verdict }
}

const ranMs = `SELECT (span_end_ns - span_start_ns) / 1e6 FROM tool_call WHERE session_id = ?`
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

test('a response and a command are slow where those before were not, and only there', async () => {
  await inStoreOf(['usual', 'slow'], (store) => {
    const { by, values } = lastOf(store)
    expect([...by.keys()].sort()).toEqual(['slow-command', 'slow-first-item'])
    const [first] = values('SELECT max(first_token_ms) FROM api_call WHERE session_id = ?')
    const before = store.db
      .prepare<[], number>(
        `SELECT first_token_ms FROM api_call WHERE first_token_ms IS NOT NULL AND session_id = (SELECT min(id) FROM session) ORDER BY 1`,
      )
      .pluck()
      .all()
    expect(before).toHaveLength(33)
    expect(by.get('slow-first-item')).toMatchObject({ times: 1, lostMs: (first ?? NaN) - (before[16] ?? NaN) })
    const usual = store.db
      .prepare<[], number>(
        `SELECT duration_ms FROM tool_call WHERE session_id = (SELECT min(id) FROM session) ORDER BY 1`,
      )
      .pluck()
      .all()
    expect(usual).toHaveLength(32)
    expect(by.get('slow-command')?.lostMs).toBeCloseTo(sum(values(ranMs)) - (usual[15] ?? NaN), 0)
    const silent = store.reader['health.names']({}).silentFindings.map(({ kind }) => kind)
    expect(silent).not.toContain('slow-first-item')
    expect(silent).not.toContain('slow-command')
  })
  await inStoreOf(['slow'], (store) => {
    expect([...lastOf(store).by.keys()]).toEqual([])
  })
})

test('what a script reads one after the other could have run side by side', async () => {
  await inStoreOf(['serial'], (store) => {
    const { by, values } = lastOf(store)
    const ran = values(`${ranMs} AND tool = 'exec_command'`)
    expect(ran).toHaveLength(3)
    expect(by.get('serial-tools')).toMatchObject({ times: 3, confidence: 'bound' })
    expect(by.get('serial-tools')?.lostMs).toBeCloseTo(sum(ran) - Math.max(...ran), 0)
  })
})

test('a wait for a helper that is done is idle, and the one that it ended is not', async () => {
  await inStoreOf(['idle'], (store) => {
    const { by, values } = lastOf(store)
    const waited = values(`${ranMs} AND tool LIKE '%wait_agent' ORDER BY span_start_ns`)
    expect(waited).toHaveLength(2)
    expect(by.get('idle-poll')).toMatchObject({ times: 1 })
    expect(by.get('idle-poll')?.lostMs).toBeCloseTo(waited[1] ?? NaN, 0)
  })
})

test('a server that answers with errors fails, and its failed calls are not counted as slow ones too', async () => {
  await inStoreOf(['mcp'], (store) => {
    const { by, values } = lastOf(store)
    const failed = values(`${ranMs} AND success = 0`)
    expect(failed).toHaveLength(2)
    expect(by.get('mcp-failing')).toMatchObject({ times: 2, subject: 'tickets' })
    expect(by.get('mcp-failing')?.lostMs).toBeCloseTo(sum(failed), 0)
    expect(by.get('mcp-slow')?.lostMs).toBeCloseTo(sum(values(`${ranMs} AND success = 1`)), 0)
  })
})

test('a server that is slow to start is what the first step waits for, whichever record comes first; a quick one is none', async () => {
  for (const [signals, rebuilt] of [
    [['logs', 'traces'], false],
    [['traces', 'logs'], true],
  ] as const)
    await inTemporaryFolder((dataDir) => {
      const store = openStore(dataDir)
      try {
        const bodies = bodiesOf('starting')
        for (const signal of signals) store.replay(bodies.filter((body) => body.signal === signal))
        store.replay([], { rebuilt })
        while (!store.writer.sumUp(1000, 1e6));
        const { by, verdict } = lastOf(store)
        const stretch = store.db
          .prepare<[string], [number, number]>(
            `SELECT start_ns / 1e6, (start_ns + duration_ns) / 1e6 FROM span JOIN name ON name.id = span.name
             WHERE text = ? ORDER BY duration_ns DESC LIMIT 1`,
          )
          .raw()
        const [from, to] = stretch.get('mcp.runtime.resolve_for_step') ?? [NaN, NaN]
        const [startsAt, isThere] = stretch.get('start_server_task') ?? [NaN, NaN]
        expect(startsAt < from && to < isThere).toBe(true)
        expect(by.get('mcp-slow')).toMatchObject({ times: 1, subject: 'stock', confidence: 'bound' })
        expect(by.get('mcp-slow')?.lostMs).toBeCloseTo(to - from, 1)
        expect(by.get('mcp-slow')?.fix).toMatchObject({
          changes: [{ path: ['mcp_servers', 'stock', 'enabled'], value: false }],
        })
        expect(by.get('mcp-slow')?.rowIds).toHaveLength(1)
        expect(verdict).toMatch(/was waiting for the model.* the start of the MCP server `stock`/)
        expect(verdict).not.toContain('nothing')
      } finally {
        store.close()
      }
    })
  await inStoreOf(['mcp'], ({ db }) => {
    expect(db.prepare('SELECT server FROM server_start').pluck().all()).toEqual(['tickets'])
    expect(db.prepare("SELECT title FROM finding WHERE kind = 'mcp-slow'").pluck().get()).not.toContain('start')
  })
})
