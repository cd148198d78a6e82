import { expect, test } from 'vitest'
import type { Params, Value } from '../../../src/contract/index.ts'
import { procedures } from '../../../src/contract/index.ts'
import { filterValues } from '../../../src/engine/filters/values.ts'
import { stateSql } from '../../../src/engine/filters/predicates.ts'
import { panelRunner } from '../../../src/engine/panels/run.ts'
import { sessionList } from '../../../src/engine/queries/session-list.ts'
import { openForReading } from '../../../src/engine/store/database.ts'
import { userMarks } from '../../../src/engine/store/user-marks.ts'
import { boundFields, filterFields, type Filters } from '../../../src/model/panels/filters.ts'
import { stateOf } from '../../../src/model/session/state.ts'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import { captureNames, loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'

const silenceMs = 60_000
const whole = { fromMs: 0, toMs: 9e12 }
const bodies = captureNames.flatMap((name) => loadCapture(name).bodies)
type Narrowed = Partial<Filters>

test('every filter lets exactly those sessions through that say so, and panels count what these did', async () => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of bodies) store.store(body)
    store.settle()
    while (!store.writer.sumUp(1000));
    const db = openForReading(dataDir)
    const run = panelRunner(db, silenceMs)
    const list = (params: Params<'session.list'>): Value<'session.list'>['sessions'] =>
      sessionList(db, procedures['session.list'].params.parse(params), silenceMs).sessions
    const all = list({})
    const ids = (sessions: readonly SessionSummary[]): string[] => sessions.map(({ id }) => id).sort()
    const sum = (sessions: readonly SessionSummary[], of: (session: SessionSummary) => number): number =>
      sessions.reduce((total, session) => total + of(session), 0)

    function holds(filters: Narrowed, fits: (session: SessionSummary) => boolean): readonly SessionSummary[] {
      const found = list({ filters })
      expect(ids(found), JSON.stringify(filters)).toEqual(ids(all.filter(fits)))
      const asked = { filters: procedures['panel.run'].params.shape.filters.parse(filters), ...whole }
      const [tokens] = run({ panel: 'tokens-total', ...asked }).rows
      expect(tokens?.['input'], JSON.stringify(filters)).toBe(sum(found, (one) => one.tokens.input))
      const [counts] = run({ panel: 'sessions-and-calls', ...asked }).rows
      expect(counts?.['sessions'], JSON.stringify(filters)).toBe(found.filter(({ kind }) => kind === 'user').length)
      return found
    }

    const errors = sum(all, (one) => Math.sign(one.errors))
    expect(errors).toBeGreaterThan(1)
    holds({ errors: { atLeast: 1 } }, (one) => one.errors > 0)
    holds({ errors: { atMost: 0 } }, (one) => one.errors === 0)
    holds({ errors: { atLeast: 2, atMost: 6 } }, (one) => one.errors >= 2 && one.errors <= 6)
    for (const ms of [1000, 4000, 30_000]) {
      // Panels count whole milliseconds.
      holds({ duration: { atLeast: ms } }, (one) => Math.floor(one.wallMs) >= ms)
      holds({ busy: { atMost: ms } }, (one) => Math.floor(one.busyMs) <= ms)
    }
    holds({ cost: { atLeast: 0.01 } }, (one) => one.costUsd !== null && one.costUsd >= 0.01)
    const { fields } = filterValues(db, whole, silenceMs)
    const valuesOf = (field: string) => fields.find((one) => one.field === field)?.values ?? []
    expect(fields.map(({ field }) => field)).toEqual([...filterFields])
    const told: Partial<Record<(typeof filterFields)[number], (session: SessionSummary) => string>> = {
      terminal: (one) => one.terminal ?? '',
      repository: (one) => one.repository ?? one.folder ?? '',
      effort: (one) => one.effort ?? '',
      state: (one) => one.state,
    }
    for (const [field, of] of Object.entries(told)) {
      expect(valuesOf(field).length, field).toBeGreaterThan(1)
      for (const { value, sessions } of valuesOf(field))
        expect(holds({ [field]: [value] }, (one) => of(one) === value).length, field).toBe(sessions)
    }
    for (const host of [...valuesOf('host').map(({ value }) => value), "vm' OR 1=1 --"])
      holds({ host: [host] }, (one) => (one.host ?? '') === host)
    expect(list({ filters: { host: ['vm'] } }).length).toBeGreaterThan(1)
    const decided = db.prepare<[string, string], string>(
      "SELECT DISTINCT session_id FROM decision WHERE decision = ? AND lower(coalesce(source, '')) = ?",
    )
    for (const { value: decision } of valuesOf('decision'))
      for (const { value: by } of valuesOf('decidedBy')) {
        const among = new Set(decided.pluck().all(decision, by))
        holds({ decision: [decision], decidedBy: [by] }, ({ id }) => among.has(id))
      }
    // What stood on the spans of one run: `otel.span_attributes`.
    const { attributes } = filterValues(db, { ...whole, fields: ['attribute'] }, silenceMs)
    expect(attributes.map(({ key }) => key)).toContain('team')
    for (const { key, values } of attributes)
      for (const { value, sessions } of values)
        expect(list({ filters: { attribute: [{ key, value }] } }).length, `${key}=${value}`).toBe(sessions)
    expect(list({ filters: { attribute: [{ key: 'team', value: "' OR 1=1 --" }] } })).toEqual([])
    // What the user says of a session holds for its helpers.
    const parent = all.find(({ id }) => all.some(({ parentId }) => parentId === id))?.id ?? ''
    const other = all.find(({ id, kind }) => kind === 'user' && id !== parent)?.id ?? ''
    const isWithin = ({ id, parentId }: SessionSummary, top: string): boolean => id === top || parentId === top
    const marks = userMarks(store.db)
    marks.mark({ id: parent, starred: true, tags: ['release', 'slow'] })
    marks.mark({ id: other, tags: ['slow'], name: "O'Brien 100%", note: 'look at SHOP-42' })
    holds({ starred: true }, (one) => isWithin(one, parent))
    holds({ tag: ['release'] }, (one) => isWithin(one, parent))
    holds({ tag: ['slow', "' OR 1=1 --"] }, (one) => isWithin(one, parent) || isWithin(one, other))
    holds({ tag: [''] }, (one) => !isWithin(one, parent) && !isWithin(one, other))
    expect(filterValues(db, { ...whole, fields: ['tag'] }, silenceMs).fields[0]?.values).toEqual([
      { value: 'slow', sessions: 2 },
      { value: 'release', sessions: 1 },
    ])
    for (const search of ["o'brien 100%", 'shop-42']) expect(ids(list({ search })), search).toEqual([other])
    expect(ids(list({ search: 'RELEASE' }))).toEqual([parent])
    expect(list({ search: 'brien 100_' })).toEqual([])
    // Together they narrow further.
    holds({ errors: { atLeast: 1 }, state: ['failed'], helpers: false }, (one) => {
      return one.errors > 0 && one.state === 'failed' && one.kind === 'user'
    })
    // Of a session that both tell of, the list says whether they agree; not while it is live.
    const differ = '[{"what":"turns","witness":"file","count":1}]'
    store.db.prepare("UPDATE session SET witness = 'both', differences = ? WHERE id = ?").run(differ, other)
    for (const asked of [{ witness: 'differ' } as const, { filters: { witness: ['differ'] } }])
      expect(ids(list(asked))).toEqual([other])
    expect(ids(list({ witness: 'both' }))).toEqual([other])
    expect(list({ filters: { witness: ['both', 'file'] } })).toEqual([])
    const witnesses = (silence: number): unknown =>
      filterValues(db, { ...whole, fields: ['witness'] }, silence).fields[0]?.values
    const others = { value: 'telemetry', sessions: all.length - 1 }
    expect(witnesses(silenceMs)).toEqual([others, { value: 'differ', sessions: 1 }])
    store.db.prepare("UPDATE session SET end_state = 'idle' WHERE id = ?").run(other)
    expect(witnesses(9e12)).toEqual([others, { value: 'both', sessions: 1 }])
    db.close()
    store.close()
  })
})

test('SQL says the state of a session as the model does', async () => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    const nowMs = 1_000_000
    const state = store.db
      .prepare<object, string>(`SELECT ${stateSql} FROM (SELECT :endState AS end_state, :lastNs AS last_ns)`)
      .pluck()
    for (const endState of ['unknown', 'open', 'unfinished', 'interrupted', 'failed', 'idle', 'done'])
      for (const lastMs of [nowMs, nowMs - silenceMs, nowMs - silenceMs - 1]) {
        const bound = { nowNs: nowMs * 1e6, silenceNs: silenceMs * 1e6, lastNs: lastMs * 1e6, endState }
        expect(state.get(bound), `${endState} ${lastMs}`).toBe(stateOf(endState, lastMs, nowMs, silenceMs))
      }
    store.close()
  })
})

test('each field of numbers has bounds of its own', () => {
  const { filters } = procedures['session.list'].params.parse({
    filters: Object.fromEntries(boundFields.map((field) => [field, { atLeast: 1 }])),
  })
  expect(boundFields.map((field) => filters?.[field])).toEqual(boundFields.map(() => ({ atLeast: 1 })))
})
