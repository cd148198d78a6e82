import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { testConnection } from '../../../src/team/connection-test.ts'
import { connectReadOnly } from '../../../src/team/connection.ts'
import { openProjector } from '../../../src/team/projection/project.ts'
import { openTeamReading, type TeamReading } from '../../../src/team/questions/reading.ts'
import { exportTo, insertBodies } from '../../clickhouse/exporter.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { wayTo, type Way } from '../../clickhouse/way.ts'
import { told } from './team-captures.ts'
import { project, teamRuns } from './team-store.ts'

/** What goes wrong between this machine and a team's server is told in words, and goes on where it can. */
export function describeFaults(server: () => ClickHouse): void {
  describe("a team's server that is not well", () => {
    /** For what depends on no number of sessions. */
    const few = told(['01_code_multi', '03_errors_retries'])
    let way: Way
    let team: TeamReading
    const place = (patienceMs?: number) => ({
      ...{ url: way.url, user: 'reader', password: 'reader', database: 'otel' },
      ...(patienceMs === undefined ? {} : { patienceMs }),
    })

    beforeAll(async () => {
      await exportTo(server(), 'few', 'map-165', few.bodies)
      way = await wayTo(server().url)
      team = await openTeamReading(place(), 'colophon')
    })
    afterAll(async () => {
      await team.close()
      await way.close().catch(() => undefined)
    })
    const placeOfFew = () => ({ ...place(), database: 'few' })
    const projectFew = (facts: string) =>
      project(server(), facts, {
        connection: { url: server().url, user: 'default', password: '', database: 'few' },
      })

    test('that is gone is told of, and asked again when it is back', async () => {
      const before = await team.ask('session.list', {})
      await way.close()
      await expect(team.ask('session.list', {})).rejects.toThrow(/broke off|nobody listens/)
      await expect(team.ask('session.get', { id: teamRuns.ids[0] ?? '' })).rejects.toThrow('nobody listens')
      await way.reopen()
      expect(await team.ask('session.list', {})).toEqual(before)
      expect(await team.ask('session.get', { id: teamRuns.ids[0] ?? '' })).toMatchObject({ id: teamRuns.ids[0] })
    })

    test('an answer that breaks off is none, and neither is one that ends in an error', async () => {
      const reader = await connectReadOnly(place())
      way.disturb('cuts')
      await expect(reader.rows('SELECT number FROM numbers(100000)')).rejects.toThrow('broke off')
      way.disturb('not')
      await expect(
        reader.rows("SELECT throwIf(number = 3000000, 'half way') AS ok FROM numbers(4000000)"),
      ).rejects.toThrow(/half way|broke off/)
      await reader.close()
    })

    test('one that says nothing is waited for so long and no longer', async () => {
      // A busy machine answers in seconds what takes a quiet one milliseconds.
      const reader = await connectReadOnly(place(5000))
      way.disturb('holds')
      await expect(reader.rows('SELECT 1 AS one')).rejects.toThrow('said nothing for too long')
      way.disturb('not')
      expect(await reader.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
      await reader.close()
    })

    test('facts of an older Colophon, which lack a table and a column, are shown as far as they go', async () => {
      await projectFew('older')
      await server().ask('DROP TABLE older.colophon_turn_shares')
      await server().ask('ALTER TABLE older.colophon_api_calls DROP COLUMN ttft_ms')
      await server().ask('ALTER TABLE older.colophon_sessions DROP COLUMN host')
      const older = await openTeamReading(placeOfFew(), 'older')
      const range = { fromMs: 1_794_000_000_000, toMs: 1_797_000_000_000 }
      const run = async (panel: string) => (await older.ask('panel.run', { panel, ...range })).rows
      expect(await run('wait-share')).toEqual([])
      expect(await run('tokens-total')).not.toEqual([])
      expect((await older.ask('session.list', {})).total).toBe(few.ids.length)
      expect((await older.ask('session.list', { filters: { host: ['vm'] } })).total).toBe(0)
      expect((await older.ask('explore.logs', { ...range, filters: { host: [''] } })).logs).not.toEqual([])
      await older.close()
    })

    test('facts that somebody makes later are noticed, and what is asked meanwhile is stopped when that is wanted', async () => {
      const early = await openTeamReading(placeOfFew(), 'later', { lookEveryMs: 0 })
      expect([early.isProjected, await early.isOutdated()]).toEqual([false, false])
      await projectFew('later')
      expect(await early.isOutdated()).toBe(true)
      way.disturb('holds')
      const asked = early.ask('explore.logs', { fromMs: 0, toMs: 2e12 })
      const refused = expect(asked).rejects.toThrow('it was stopped')
      await vi.waitFor(() => expect(way.isAsked()).toBe(true))
      way.disturb('not')
      await early.stop()
      await refused
      await early.close()
    })

    test('rights that are taken away in the middle are named, nothing is lost, and it goes on once they are given again', async () => {
      const keeper = { ...place(), user: 'keeper', password: 'keeper' }
      const projector = await openProjector({
        connection: keeper,
        factsDatabase: 'colophon',
        shard: { number: 1, of: 1 },
      })
      const reading = await openTeamReading(keeper, 'colophon')
      const answers = async () => [
        await reading.ask('session.list', {}),
        await reading.ask('insight.list', { fromMs: 0, toMs: 2e12 }),
      ]
      const before = await answers()
      const more = told(['10_json_redacted'])
      await insertBodies(server(), 'otel', 'map-150', more.bodies)
      way.disturb({ from: 'keeper', to: 'silent' })
      await expect(projector.run()).rejects.toThrow(
        /^silent: Not enough privileges\..* INSERT.* ON colophon\.colophon_/,
      )
      way.disturb({ from: 'keeper', to: 'barred' })
      await expect(projector.run()).rejects.toThrow(/^barred: Not enough privileges\..* SELECT/)
      await expect(reading.ask('session.list', {})).rejects.toThrow(/^barred: Not enough privileges\..* SELECT/)
      way.disturb('not')
      expect(await answers()).toEqual(before)
      expect(await projector.run()).toMatchObject({ sessions: more.ids.length })
      const { total } = await reading.ask('session.list', { helpers: true })
      expect(total).toBe(teamRuns.ids.length + more.ids.length)
      await projector.close()
      await reading.close()
    })

    test('a clock that differs is told of, in words', async () => {
      const now = Date.now()
      const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 3_600_000)
      const { found } = await testConnection({ ...place(), factsDatabase: 'colophon' })
      clock.mockRestore()
      expect(found.map(({ words }) => words).join(' ')).toMatch(/Its clock is 3[56]\d\d s behind this machine's/)
    })

    test('a table that goes away in the middle is named, and what needs none of it is answered', async () => {
      const [first = '', second = ''] = few.ids
      const going = await openTeamReading(placeOfFew(), 'colophon')
      const shown = await going.ask('session.tree', { id: first })
      await server().ask('DROP TABLE few.otel_traces')
      await expect(going.ask('session.tree', { id: second })).rejects.toThrow(/^Unknown table .*'otel_traces'$/)
      expect((await going.ask('session.list', { limit: 1 })).sessions).toHaveLength(1)
      expect(shown.rows.length).toBeGreaterThan(1)
      await going.close()
    })
  })
}
