import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { factsVersion } from '../../../src/team/projection/facts-version.ts'
import type { ProjectorOptions } from '../../../src/team/projection/project.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { wayTo } from '../../clickhouse/way.ts'
import { nodeCommand } from '../../node-command.ts'
import { openTeam } from './asked-at-home.ts'
import { readTeamFacts } from './team-facts.ts'
import { project, teamRuns } from './team-store.ts'

const program = fileURLToPath(new URL('./projector-process.ts', import.meta.url))
const oneVersion = 2n ** 56n

export function describeKilled(server: () => ClickHouse): void {
  describe('a projector of a newer version', () => {
    test('that is killed in the middle is gone on from, by two at once as well, and each session counts once', async () => {
      await copyAsOlder(server(), 'colophon', 'killed')
      const all = teamRuns.ids.length
      await killedAtBatch(3, server(), 'killed')

      const made = await madeNow(server(), 'killed')
      expect(made).toBeGreaterThan(0)
      expect(made).toBeLessThan(all)
      const team = await openTeam(server(), 'otel', 'killed')
      expect((await team.ask('session.list', { helpers: true })).total).toBe(all)
      await team.close()

      const told = vi.spyOn(console, 'error').mockReturnValue()
      const [first, second] = await Promise.all([project(server(), 'killed'), project(server(), 'killed')])
      expect(told.mock.calls.flat()).toContain(
        `colophon: it goes on with ${String(all - made)} of ${String(all)} sessions`,
      )
      told.mockRestore()
      expect(first.sessions + second.sessions).toBeGreaterThanOrEqual(all - made)
      expect(await madeNow(server(), 'killed')).toBe(all)
      expect(await readTeamFacts(server(), 'killed')).toEqual(await readTeamFacts(server(), 'colophon'))
      expect(await project(server(), 'killed')).toMatchObject({ sessions: 0 })
    })
  })
}

/** How many sessions have facts of this version. */
async function madeNow(server: ClickHouse, facts: string): Promise<number> {
  const version = String(factsVersion())
  const count = `SELECT count() FROM ${facts}.colophon_sessions FINAL WHERE bitShiftRight(revision, 56) = ${version}`
  return Number(await server.ask(count))
}

/** The facts as the version before would have made them, of the same records. */
async function copyAsOlder(server: ClickHouse, from: string, to: string): Promise<void> {
  await server.ask(`CREATE DATABASE ${to}`)
  const tables = await server.ask(
    `SELECT table FROM system.columns WHERE database = '${from}' AND name = 'revision' AND table <> 'colophon_findings'`,
  )
  for (const table of tables.split('\n')) {
    await server.ask(`CREATE TABLE ${to}.${table} AS ${from}.${table}`)
    await server.ask(
      `INSERT INTO ${to}.${table} SELECT * REPLACE (revision - ${String(oneVersion)} AS revision) FROM ${from}.${table} FINAL`,
    )
  }
}

/**
 * A process that is killed while it tells the server of its nth batch's sessions, whose other rows are written by then. The way is cut before they go
 * on: a server that has heard of them writes them, whoever has asked, and some time after.
 */
async function killedAtBatch(nth: number, { url }: ClickHouse, factsDatabase: string): Promise<void> {
  const way = await wayTo(url)
  const connection = { url: way.url, user: 'default', password: '', database: 'otel' }
  const options: ProjectorOptions = { connection, factsDatabase, shard: { number: 1, of: 1 }, sessionsAtOnce: 2 }
  let batches = 0
  let cut = Promise.resolve()
  const child = spawn(...nodeCommand(program, JSON.stringify(options)), { stdio: ['ignore', 'ignore', 'inherit'] })
  way.hear((asked) => {
    if (!/INSERT(\+|%20| )INTO(\+|%20| )`?colophon_sessions/.test(asked) || ++batches !== nth) return
    child.kill('SIGKILL')
    cut = way.close()
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  await cut
  expect(signal).toBe('SIGKILL')
}
