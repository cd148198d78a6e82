import { describe, expect, test, vi } from 'vitest'
import { connectReadOnly } from '../../../src/team/connection.ts'
import { testConnection } from '../../../src/team/connection-test.ts'
import { whileWaited } from '../../../src/team/waited-for.ts'
import { exportTo } from '../../clickhouse/exporter.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { atHome, openTeam, type Asking } from './asked-at-home.ts'
import { teamRuns } from './team-store.ts'

/** All that the captured runs were in, and a part of it. */
const ranges = [
  { fromMs: 1_794_000_000_000, toMs: 1_797_000_000_000 },
  { fromMs: 1_795_167_231_038, toMs: 1_795_167_581_000 },
]

export function describeRanges(server: () => ClickHouse): void {
  describe("a team's dashboards", () => {
    test('show what home shows: every panel, in part and in all, batches, projects and what can be filtered by', async () => {
      const home = await atHome(teamRuns.bodies, dashboards)
      const team = await openTeam(server(), 'otel', 'colophon')
      const shown = await dashboards(team)
      for (const [name, answer] of Object.entries(home)) expect.soft(shown[name], name).toEqual(answer)
      expect((await team.ask('insight.list', ranges[0] ?? { fromMs: 0, toMs: 1 })).insights.length).toBeGreaterThan(3)
      await team.close()
    })
  })

  describe("a team's connection", () => {
    const place = (user: string) => ({
      url: server().url,
      user,
      password: user,
      database: 'otel',
      factsDatabase: 'colophon',
    })

    test('cannot be written through, whatever its user may do', async () => {
      for (const user of ['keeper', 'reader']) {
        const reader = await connectReadOnly(place(user))
        await expect(reader.rows('CREATE TABLE colophon.mine (n UInt8) ENGINE = Memory')).rejects.toThrow(
          /readonly|privileges/i,
        )
        await expect(reader.rows('SELECT 1 AS one SETTINGS readonly = 0')).rejects.toThrow(/readonly|privileges/i)
        await reader.close()
      }
    })

    test('gives up on the server what nobody waits for any more', async () => {
      const reader = await connectReadOnly(place('reader'))
      const running = () =>
        server().ask(
          "SELECT count() FROM system.processes WHERE user = 'reader' AND startsWith(query, 'SELECT sum(sipHash64(number))')",
        )
      const given = new AbortController()
      const asked = whileWaited(given.signal, () =>
        reader.rows('SELECT sum(sipHash64(number)) AS sum FROM numbers(1000000000000)'),
      )
      const left = expect(asked).rejects.toThrow('nobody waited for it any more')
      await vi.waitFor(async () => expect(await running()).toBe('1'))
      given.abort()
      await left
      await vi.waitFor(async () => expect(await running()).toBe('0'))
      await reader.close()
    })

    test('is tested in words: what is there, and what an administrator has to do', async () => {
      const whole = await testConnection(place('reader'))
      expect(whole.found.map(({ is }) => is)).toEqual(['good', 'good', 'good', 'good', 'good'])
      expect(whole.found.map(({ words }) => words).join(' ')).toMatch(
        /ClickHouse 26\.7.*otel_logs has \d+ records.*index \(bloom_filter\) tells.*facts of \d+ sessions, the latest of 2026-11-28 14:2\d:\d\d UTC/,
      )
      expect(whole.sql).toBe('')
      await exportTo(server(), 'unindexed', 'map-165', [])
      await server().ask('ALTER TABLE unindexed.otel_logs DROP INDEX idx_log_attr_value')
      await server().ask(
        "INSERT INTO unindexed.otel_logs (Timestamp, ServiceName) VALUES (fromUnixTimestamp64Milli(1795883261000), 'codex_exec')",
      )
      const slower = await testConnection({ ...place('reader'), database: 'unindexed' })
      expect(slower.found.map(({ words }) => words).join(' ')).toMatch(/No index tells.* 2 h 0\d m behind the records/)
      for (const statement of slower.sql.split('\n').filter((line) => !line.startsWith('--')))
        await server().ask(statement)
      expect((await testConnection({ ...place('reader'), database: 'unindexed' })).sql).toBe('')
      const bare = await testConnection({ ...place('reader'), database: 'nothing', factsDatabase: 'nowhere' })
      expect(bare.found.map(({ is }) => is)).toContain('bad')
      expect(bare.sql).toContain('CREATE DATABASE IF NOT EXISTS nowhere;')
      const refused = await testConnection({ ...place('reader'), password: 'wrong' })
      expect(refused.found).toHaveLength(1)
      expect(refused.found[0]?.words).toMatch(/password/i)
    })
  })
}

async function dashboards({ ask }: Asking): Promise<Readonly<Record<string, unknown>>> {
  const answers: [string, unknown][] = []
  const { panels } = await ask('panel.list', {})
  for (const range of ranges) {
    for (const { id: panel, by, behind } of panels) {
      const { rows } = await ask('panel.run', { panel, ...range, zone: 'UTC' })
      answers.push([`${panel} ${String(range.fromMs)}`, rows])
      for (const [figure, { is }] of Object.entries(behind)) {
        if (is === 'metric') continue
        const ofOneRow = Object.fromEntries(
          by.flatMap((column) => {
            const value = rows.at(-1)?.[column]
            return typeof value === 'string' || typeof value === 'number' ? [[column, [value]]] : []
          }),
        )
        for (const asked of [{}, { by: ofOneRow, each: 'session', order: 'value' }] as const)
          answers.push([
            `behind ${figure} of ${panel} ${JSON.stringify(asked)} ${String(range.fromMs)}`,
            await ask('panel.behind', { panel, figure, ...range, ...asked }),
          ])
      }
    }
    for (const by of ['user', 'host'] as const) {
      const { batches } = await ask('batch.list', { ...range, by })
      answers.push([`batches by ${by} ${String(range.fromMs)}`, batches])
      for (const group of batches)
        answers.push([
          `members by ${by} ${String(group[by])} ${String(range.fromMs)}`,
          await ask('batch.members', { ...range, by, [by]: group[by] }),
        ])
    }
    for (const name of ['batch.list', 'project.list', 'filter.values', 'insight.list'] as const)
      answers.push([`${name} ${String(range.fromMs)}`, await ask(name, range)])
  }
  return Object.fromEntries(answers)
}
