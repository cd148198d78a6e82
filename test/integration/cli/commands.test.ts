import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { budget } from '../../../src/cli/budget.ts'
import type { Command } from '../../../src/cli/command.ts'
import { commands } from '../../../src/cli/commands.ts'
import { costLines, costs } from '../../../src/cli/costs.ts'
import { explain, explainLines } from '../../../src/cli/explain.ts'
import { history } from '../../../src/cli/history.ts'
import { limits } from '../../../src/cli/limits.ts'
import { resume } from '../../../src/cli/resume.ts'
import { sessionLines, sessions } from '../../../src/cli/sessions.ts'
import { sessionPage } from '../../../src/cli/show/session-lines.ts'
import { show } from '../../../src/cli/show.ts'
import { statusline } from '../../../src/cli/statusline.ts'
import { cellsOf } from '../../../src/cli/text/cells.ts'
import { linesText, type Line } from '../../../src/cli/text/line.ts'
import { type Screen } from '../../../src/cli/text/screen.ts'
import { watchLines } from '../../../src/cli/watch.ts'
import { commandResults, type CommandResults } from '../../../src/contract/commands.ts'
import { costsOf } from '../../../src/engine/reading/costs.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { storeCapture } from '../exchange/sessions.ts'
import { appBodies } from '../panels/app-bodies.ts'
import { dataFolder, hostileTitle, printed } from './data-folder.ts'

const dataDir = dataFolder()
const everything = () => 0
const listed = {
  dataDir,
  since: null,
  project: null,
  helpers: false,
  limit: 20,
  words: '',
  json: true,
  askedTeam: null,
}
const toOutput = (text: string): void => void process.stdout.write(text)
const one = { dataDir, depth: 9, rows: 100, json: true }
const costed = { dataDir, since: everything, limit: 50, json: true }
const ofHistory = { dataDir, codexHome: '/nowhere', json: true }
/** Of what runs until it is stopped, tests of its own look at the line. */
const asked: Readonly<Record<Exclude<keyof CommandResults, 'serve' | 'project'>, () => Promise<void> | void>> = {
  sessions: () => sessions(listed),
  show: () => show({ ...one, session: 'last' }),
  explain: () => explain({ dataDir, session: 'last', json: true }),
  costs: () => costs({ ...costed, by: 'day' }),
  limits: () => limits({ dataDir, json: true }),
  budget: () => budget({ dataDir, check: false, day: 5, month: null, json: true }),
  statusline: () => statusline({ dataDir, json: true }, toOutput),
  resume: () => resume({ dataDir, session: 'last', json: true }),
  history: () => history({ ...ofHistory, what: 'status' }),
}

beforeAll(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  process.exitCode = undefined
})

const json = async <N extends keyof CommandResults>(_name: N, run: () => Promise<void> | void) =>
  (await printed(run)) as CommandResults[N]

it('prints JSON as the published schema has it', async () => {
  const schema = JSON.parse(readFileSync('docs/colophon.commands.schema.json', 'utf8')) as object
  const ajv = new Ajv2020({ allowUnionTypes: true, strict: false })
  ajv.addSchema(schema)
  const more = (['scan', 'forget'] as const).map((what) => ['history', () => history({ ...ofHistory, what })] as const)
  for (const [name, run] of [...Object.entries(asked), ...more]) {
    const valid = ajv.getSchema(`colophon.commands.schema.json#/$defs/${name}`)
    const value = await printed(run)
    expect([name, valid?.(value), valid?.errors]).toEqual([name, true, null])
    // Not only what is asked for: what is printed has no field that the schema does not tell of.
    expect(commandResults[name as keyof CommandResults].parse(value)).toEqual(value)
  }
})

it('has a published schema for every command that prints JSON', () => {
  const printing = Object.entries(commands as Readonly<Record<string, Command>>).filter(([, { options }]) =>
    Object.values(options).some(({ flag, about }) => flag === 'json' && about.startsWith('print ')),
  )
  expect(printing.map(([name]) => name).sort()).toEqual(Object.keys(commandResults).sort())
})

it('lists sessions by words, by time and by project', async () => {
  const all = await json('sessions', () => sessions(listed))
  expect(all.total).toBe(3)
  const named = await json('sessions', () => sessions({ ...listed, words: 'the cart' }))
  expect(named.sessions.map(({ title }) => title)).toEqual([hostileTitle])
  const [newest] = all.sessions
  const late = await json('sessions', () => sessions({ ...listed, since: () => (newest?.lastSeenAtMs ?? 0) - 1 }))
  expect(late.sessions.map(({ id }) => id)).toEqual([newest?.id])
  const here = await json('sessions', () => sessions({ ...listed, project: newest?.folder ?? '' }))
  expect(here.total).toBe(all.sessions.filter(({ folder }) => folder === newest?.folder).length)
  expect((await json('sessions', () => sessions({ ...listed, project: '/nowhere' }))).total).toBe(0)
})

it('says where sessions are shown that are none of Codex, where there are no others', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'colophon-apps-')), 'data')
  onTestFinished(() => {
    rmSync(dirname(data), { recursive: true })
  })
  const ofApps = storeCapture(data, 'apps', [...appBodies()]).length
  let text = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  await sessions({ ...listed, dataDir: data, json: false })
  write.mockRestore()
  expect(text).toBe(
    `There is no session of Codex yet.\n${String(ofApps)} sessions of other applications: Colophon’s page shows them under “GenAI apps”.\n`,
  )
})

it('sums costs up to the same by whatever they are told apart, in the range alone', async () => {
  for (const by of ['day', 'model', 'project', 'session'] as const) {
    const { rows, total } = await json('costs', () => costs({ ...costed, by }))
    expect(rows.length).toBeGreaterThan(0)
    for (const figure of ['calls', 'unpricedCalls', 'input', 'cached', 'output', 'reasoning', 'costUsd'] as const)
      expect(rows.reduce((sum, row) => sum + (row[figure] ?? 0), 0)).toBeCloseTo(total[figure] ?? 0, 9)
  }
  const { sessions: own } = await json('sessions', () => sessions({ ...listed, helpers: true }))
  const { total } = await json('costs', () => costs({ ...costed, by: 'day' }))
  expect(total.calls).toBe(own.reduce((sum, { apiCalls }) => sum + apiCalls, 0))
  expect((await json('costs', () => costs({ ...costed, by: 'day', since: (nowMs) => nowMs }))).total.calls).toBe(0)
})

it('lists of days the latest where not all have room, of all else the dearest, and says how many it leaves out', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'colophon-costs-')), 'data')
  onTestFinished(() => {
    rmSync(dirname(data), { recursive: true })
  })
  storeCapture(data, '02_classic')
  storeCapture(data, '09_subagents')
  const db = openForWriting(data)
  const moved = db.prepare('SELECT session_id FROM api_call').pluck().get()
  const earlier = '- 3 * 86400000000000'
  db.prepare(`UPDATE api_call SET at_ns = at_ns ${earlier} WHERE session_id = ?`).run(moved)
  db.prepare(`UPDATE session SET first_ns = first_ns ${earlier}, last_ns = last_ns ${earlier} WHERE id = ?`).run(moved)
  db.close()
  const of = (by: 'day' | 'session', limit: number) =>
    json('costs', () => costs({ ...costed, dataDir: data, by, limit }))
  const all = await of('day', 50)
  expect(all.rows.length).toBeGreaterThan(1)
  expect(all.rows.map(({ name }) => name)).toEqual(all.rows.map(({ name }) => name).sort())
  const one = await of('day', 1)
  expect(one).toMatchObject({ rows: [all.rows.at(-1)], moreRows: all.rows.length - 1, total: all.total })
  const screen = { width: 80, colour: false, unicode: true }
  expect(linesText(costLines(one, screen), screen)).toMatch(
    /… \d earlier days?, included in the total: --limit shows them/,
  )
  expect((await of('session', 1)).rows).toEqual([(await of('session', 50)).rows[0]])
})

it('tells of a session what its calls in the range cost, where it is cut by the range and where it is not settled yet, too', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'colophon-costs-')), 'data')
  storeCapture(data, '02_classic')
  storeCapture(data, '09_subagents')
  const db = openForWriting(data)
  onTestFinished(() => {
    db.close()
    rmSync(dirname(data), { recursive: true })
  })
  const figures = ['calls', 'unpricedCalls', 'input', 'cached', 'output', 'reasoning'] as const
  const bySession = (fromMs: number, toMs: number) => {
    const { rows, total } = costsOf(db, { by: 'session', limit: 50, fromMs, toMs })
    for (const figure of figures) expect(rows.reduce((sum, row) => sum + row[figure], 0)).toBe(total[figure])
    return rows
  }
  const all = bySession(0, Date.now())
  const times = db.prepare<[], number>("SELECT at_ns / 1000000 FROM api_call WHERE status = 'completed'").pluck().all()
  for (const middleMs of times) {
    const [early, late] = [bySession(0, middleMs), bySession(middleMs, Date.now())]
    for (const { sessionId, calls } of all) {
      const parts = [early, late].map((rows) => rows.find((row) => row.sessionId === sessionId)?.calls ?? 0)
      expect((parts[0] ?? 0) + (parts[1] ?? 0)).toBe(calls)
    }
  }
  db.exec('UPDATE session SET input_tokens = 7; INSERT INTO unsettled SELECT id FROM session')
  expect(bySession(0, Date.now())).toEqual(all)
})

it.each([60, 80, 200])(
  'fits into %d columns, with and without colours and signs, and repeats nothing that acts',
  async (width) => {
    const { sessions: all, total } = await json('sessions', () => sessions(listed))
    const pages = await Promise.all(all.map(({ id }) => json('show', () => show({ ...one, session: id }))))
    const told = await json('costs', () => costs({ ...costed, by: 'session' }))
    const why = await json('explain', () => explain({ dataDir, session: all[0]?.id ?? '', json: true }))
    for (const colour of [false, true])
      for (const unicode of [false, true]) {
        const screen: Screen = { width, colour, unicode }
        const now = Date.now()
        const drawn: Line[] = [
          ...sessionLines({ sessions: all, total }, screen, now),
          ...pages.flatMap((page) => sessionPage(page, { depth: 3, rows: 100 }, screen, now)),
          ...pages.flatMap((page) => watchLines(page, { depth: 2, height: 30 }, screen, now)),
          ...costLines(told, screen),
          ...explainLines(why, screen),
        ]
        const text = linesText(drawn, screen)
        const unpainted = text.replace(/\u001b\[\d+m/g, '')
        expect(unpainted).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
        expect(text.includes('\u001b')).toBe(colour)
        expect(/[^\u0000-\u007f]/.test(text)).toBe(unicode)
        for (const line of unpainted.split('\n')) expect(cellsOf(line)).toBeLessThanOrEqual(width)
      }
  },
)

it('draws the rows of a session below each other over its time, as deep as they are asked for', async () => {
  const { sessions: all } = await json('sessions', () => sessions(listed))
  const classic = all.find(({ title }) => title === hostileTitle)
  const page = await json('show', () => show({ ...one, session: classic?.id ?? '' }))
  const screen = { width: 100, colour: false, unicode: true }
  const drawn = (depth: number) => linesText(sessionPage(page, { depth, rows: 100 }, screen, Date.now()), screen)
  expect(drawn(1)).toMatch(/^ {2}turn 1 .*─/m)
  expect(drawn(1)).not.toContain('api_call')
  expect(drawn(2)).toMatch(/^ {4}api_call .*[░▓] .*\d (ms|s)$/m)
  expect(drawn(2)).toMatch(/^ {4}\w+ .*█ .*\d (ms|s)$/m)
  expect(drawn(2)).toMatch(/Where the time went {2}\d/)
  expect(drawn(2)).toMatch(/^Cost (\$|≥|no price)/m)
  const few = linesText(sessionPage(page, { depth: 2, rows: 2 }, screen, Date.now()), screen)
  expect(few).toMatch(/… \d+ more rows/)
})

it('never fails who asks for the line of a status bar, and says in JSON why there are no figures', async () => {
  const none = await json('statusline', () => statusline({ dataDir: '/nowhere', json: true }, toOutput))
  expect(none).toMatchObject({ costUsd: null, limits: [], problem: expect.stringContaining('/nowhere') as string })
  expect(process.exitCode).toBeUndefined()
})

it('prints no command for what Codex started itself, and names whom to go on with', async () => {
  const { sessions: all } = await json('sessions', () => sessions({ ...listed, helpers: true }))
  const helper = all.find(({ kind }) => kind === 'subagent')
  expect(() => {
    resume({ dataDir, session: helper?.id ?? '', json: true })
  }).toThrow(`resume ${helper?.parentId ?? ''}`)
})
