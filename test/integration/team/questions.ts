import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessions } from '../../../src/cli/sessions.ts'
import { procedures, type Params } from '../../../src/contract/index.ts'
import { paramsOf } from '../../../src/engine/dispatch.ts'
import { openTeamReading, type TeamReading } from '../../../src/team/questions/reading.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { printed } from '../cli/data-folder.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { teamRuns } from './team-store.ts'

/** What the list can be asked, one of each kind, and together. */
const lists: readonly Params<'session.list'>[] = [
  {},
  { helpers: false },
  { limit: 3, offset: 2 },
  { search: '01A1F8' },
  { search: 'prompt' },
  { search: "it's 100 %_\\" },
  { tool: 'exec_command' },
  { apps: 'genai' },
  { apps: 'all', attributes: ['env', 'host.name', 'ticket'] },
  { witness: 'file' },
  { witness: 'telemetry', branch: 'main' },
  { repository: '/no/such/folder' },
  { fromMs: 1_795_167_231_038, toMs: 1_795_167_581_000 },
  { filters: { model: ['gpt-5.5'] } },
  { filters: { model: [''] } },
  { filters: { originator: ['codex-tui'], helpers: false } },
  { filters: { user: [''], terminal: ['', 'xterm'], source: ['codex_exec'] } },
  { filters: { state: ['done', 'lost'] } },
  { filters: { effort: ['high', ''] } },
  { filters: { host: ['vm'], helpers: false } },
  { filters: { host: ['', 'another'] } },
  { filters: { decision: ['approved'], decidedBy: ['config'] } },
  { filters: { decidedBy: ['user'] } },
  { filters: { errors: { atLeast: 1 }, duration: { atMost: 60_000 } } },
  { filters: { busy: { atLeast: 1000 }, cost: { atLeast: 0.001 } } },
  { filters: { attribute: [{ key: 'ticket', value: 'none' }] } },
  { filters: { witness: ['telemetry', 'differ'] } },
  { filters: { tag: [''] } },
  { filters: { tag: ['mine'] } },
  { filters: { starred: true } },
]

export function describeQuestions(server: () => ClickHouse): void {
  describe("a team's list of sessions", () => {
    let team: TeamReading

    beforeAll(async () => {
      const connection = { url: server().url, user: 'reader', password: 'reader', database: 'otel' }
      team = await openTeamReading(connection, 'colophon', { silenceMs })
    })
    afterAll(() => team.close())

    test('is that of home, whatever is asked', async () => {
      const home = await inTemporaryFolder((dataDir) => {
        const store = openStore(dataDir, silenceMs)
        store.replay(teamRuns.bodies)
        const answers = lists.map((params) => store.reader['session.list'](withDefaults(params)))
        store.close()
        return answers
      })
      const answers = await Promise.all(lists.map((params) => team.ask('session.list', params)))
      expect(answers).toEqual(home)
      expect(new Set(answers.map(({ total }) => total)).size).toBeGreaterThan(5)
    })

    test('is printed by the command as that of home', async () => {
      const { url } = server()
      const noFiles = { caFile: null, certFile: null, keyFile: null }
      const askedTeam = {
        ...{ url, user: 'reader', password: 'reader', database: 'otel', factsDatabase: 'colophon' },
        ...noFiles,
      }
      const usual = { since: null, project: null, helpers: true, limit: 5, words: '', json: true }
      await inTemporaryFolder(async (dataDir) => {
        const store = openStore(dataDir)
        store.replay(teamRuns.bodies)
        store.close()
        const list = (given: object, from: typeof askedTeam | null) =>
          printed(() => sessions({ dataDir, ...usual, ...given, askedTeam: from }))
        const [first] = ((await list({}, null)) as { sessions: { folder: string }[] }).sessions
        const folder = first?.folder ?? ''
        for (const given of [{}, { project: folder }, { project: dirname(folder) }, { project: `${folder}-beside` }])
          expect(await list(given, askedTeam)).toEqual(await list(given, null))
      })
    })

    test('refuses what the contract refuses', async () => {
      await expect(team.ask('session.list', { limit: 0 })).rejects.toThrow('limit')
    })
  })
}

/** Long past: nothing is live, and no figure goes on. */
const silenceMs = 60_000

type Home = Parameters<ReturnType<typeof openStore>['reader']['session.list']>[0]

function withDefaults(params: Params<'session.list'>): Home {
  const parsed = paramsOf(procedures['session.list'], params)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value as Home
}
