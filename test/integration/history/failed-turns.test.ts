import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { procedures } from '../../../src/contract/index.ts'
import { alertKeeper } from '../../../src/engine/alerts/keeper.ts'
import { panelRunner } from '../../../src/engine/panels/run.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { jsonBody, logRequest, texts } from '../engine/requests.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import { connect } from '../mcp/client-under-test.ts'
import type { CapturedBody } from '../../captures.ts'
import { loadRolloutRun, type RolloutRun } from '../../rollouts.ts'
import { fromFiles } from './files-alone.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

const whole = { fromMs: 0, toMs: 9e12 }

const idOf = ({ threads }: RolloutRun): string => threads[0]?.id ?? ''

type Row = Readonly<Record<string, unknown>>

const total = (rows: readonly Row[], column: string): number => rows.reduce((sum, row) => sum + Number(row[column]), 0)

/** All that says how many errors there are, and where: it has to say the same. */
function errorsOf({ db, reader, writer }: StoreUnderTest, id: string): { kinds: string[]; errors: number } {
  const { errors } = reader['session.get']({ id })
  const found = reader['explore.errors'](procedures['explore.errors'].params.parse(whole))
  expect(found.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(errors)
  const { rows } = reader['session.tree']({ id })
  expect(rows.reduce((sum, { failures }) => sum + failures, 0)).toBe(errors)
  const filters = { errors: { atLeast: 1 } }
  const { sessions } = reader['session.list'](procedures['session.list'].params.parse({ filters }))
  expect(sessions.map((session) => session.id)).toEqual(errors > 0 ? [id] : [])
  const run = panelRunner(db, 60_000)
  const every = procedures['panel.run'].params.shape.filters.parse({})
  const rowsOf = (panel: string): readonly Row[] => run({ panel, filters: every, ...whole }).rows
  const ofApi = (): number => total(rowsOf('api-errors'), 'errors')
  const rates = (): unknown => {
    const [{ rate, completed, broken, refused } = {}] = rowsOf('api-success-rate')
    expect(Number(broken) + Number(refused)).toBe(errors)
    expect(total(rowsOf('api-error-rate-by-status'), 'rate')).toBeCloseTo(1 - Number(rate))
    return completed
  }
  expect(ofApi()).toBe(errors)
  const completed = Number(rates())
  while (!writer.sumUp(1000));
  expect(ofApi()).toBe(errors)
  expect(rates()).toBe(completed)
  const keeper = alertKeeper(db)
  // A rule that has told of it does not tell it again.
  keeper.save({ id: randomUUID(), enabled: true, watched: { kind: 'api-errors', overPercent: 0, leastCalls: 1 } })
  const endMs = db.prepare<[], number>('SELECT max(last_ns) / 1000000 FROM session').pluck().get() ?? 0
  expect(keeper.look(endMs).map(({ words }) => words.split(' in ')[0])).toEqual([
    `${String(errors)} of ${String(completed + errors)} model calls failed`,
  ])
  return { kinds: found.errors.map(({ kind }) => kind), errors }
}

/** A store to which the files of a run can be read. */
function withRun(
  run: RolloutRun,
  ask: (known: { store: StoreUnderTest; dataDir: string; readFiles: () => Promise<void> }) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder((dataDir) =>
    inTemporaryHome(async (home) => {
      run.unpackInto(home)
      const store = openStore(dataDir)
      const readFiles = async (): Promise<void> => {
        await storeHome(store.db, home)
        store.settle()
      }
      try {
        await ask({ store, dataDir, readFiles })
      } finally {
        store.close()
      }
    }),
  )
}

it('a refused turn that its file alone tells of is an error, which leads to its row', () => {
  const run = loadRolloutRun('06_refused')
  const id = idOf(run)
  return withRun(run, async ({ store, dataDir, readFiles }) => {
    await readFiles()
    const { reader } = store
    expect(errorsOf(store, id)).toEqual({ kinds: ['turn'], errors: 1 })
    const [error] = reader['explore.errors'](procedures['explore.errors'].params.parse(whole)).errors
    expect(error).toMatchObject({ kind: 'turn', sessionId: id, what: 'turn 1', message: 'other', turn: 1 })
    const row = reader['session.tree']({ id }).rows.find(({ kind }) => kind === 'turn')
    const entries = reader['session.turns']({ id }).turns.flatMap((turn) => turn.entries)
    expect(entries.filter(({ kind }) => kind === 'error')).toMatchObject([
      { title: 'turn failed', summary: 'other', rowId: row?.id },
    ])
    const { call } = await connect(dataDir)
    expect(await call('failures', { session: id })).toMatchObject({
      kinds: [{ kind: 'turn', count: 1 }],
      failures: [{ kind: 'turn', message: 'other', rowId: row?.id }],
    })
  })
})

/** What Codex would have sent of the request, had it not ended before: the recorded run lost it. */
function refusal(run: RolloutRun): CapturedBody {
  const attributes = texts({
    'event.name': 'codex.api_request',
    'conversation.id': idOf(run),
    ...{ endpoint: '/responses', 'http.response.status_code': '400', 'error.message': 'http 400' },
  })
  return jsonBody('logs', logRequest({ observedTimeUnixNano: '1795868073410000000', attributes }))
}

it('where telemetry has the request that failed, that counts alone, whichever came first', async () => {
  const run = loadRolloutRun('06_refused')
  const id = idOf(run)
  const once = { kinds: ['request'], errors: 1 }
  await withRun(run, async ({ store, readFiles }) => {
    await readFiles()
    store.store(refusal(run))
    store.settle()
    expect(store.reader['session.get']({ id })).toMatchObject({ state: 'failed', witness: 'both' })
    expect(errorsOf(store, id)).toEqual(once)
  })
  await withRun(run, async ({ store, readFiles }) => {
    store.store(refusal(run))
    store.settle()
    expect(errorsOf(store, id)).toEqual(once)
    await readFiles()
    expect(errorsOf(store, id)).toEqual(once)
  })
})

it('a turn whose request was lost with the last export is an error beside what telemetry tells', () => {
  const run = loadRolloutRun('14_rate_limits')
  return withRun(run, async ({ store, readFiles }) => {
    for (const body of run.bodies) store.store(body)
    await readFiles()
    expect(store.reader['session.get']({ id: idOf(run) })).toMatchObject({ state: 'failed', witness: 'both' })
    expect(errorsOf(store, idOf(run))).toEqual({ kinds: ['turn'], errors: 1 })
  })
})

it.each(['07_killed', '24_server_legacy'])(
  'the turn of %s that did not end well is no error, for it did not fail',
  async (name) => {
    const run = loadRolloutRun(name)
    await fromFiles(run, (reader) => {
      const { turns } = reader['session.turns']({ id: idOf(run) })
      expect(turns.some(({ status }) => status !== 'ok')).toBe(true)
      const { kinds } = reader['explore.errors'](procedures['explore.errors'].params.parse(whole))
      expect(kinds.map(({ kind }) => kind)).not.toContain('turn')
    })
  },
)
