import { describe, expect, test } from 'vitest'
import { openProjector, type Projected, type ProjectorOptions } from '../../../src/team/projection/project.ts'
import { captureNames } from '../../captures.ts'
import { exportTo, insertBodies } from '../../clickhouse/exporter.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import type { Tables } from '../engine/tables.ts'
import { asTeamFacts, readTeamFacts } from './team-facts.ts'
import { told } from './team-captures.ts'

export function describeProjecting(server: () => ClickHouse): void {
  describe('facts of a team', () => {
    // All but the longest, which has nothing that the others do not have.
    const all = told(captureNames.filter((name) => name !== '22_many_steps'))
    const some = told(['09_subagents', '16_tui', '28_guardian', '30_signal_INT'])

    async function project(database: string, facts: string, more: Partial<ProjectorOptions> = {}): Promise<Projected> {
      const connection = { url: server().url, user: 'default', password: '', database }
      const projector = await openProjector({ connection, factsDatabase: facts, shard: { number: 1, of: 1 }, ...more })
      try {
        return await projector.run()
      } finally {
        await projector.close()
      }
    }

    async function expectSame(facts: string, home: () => Promise<Tables>): Promise<void> {
      const team = await readTeamFacts(server(), facts)
      expect(team).toEqual(asTeamFacts(await home(), Object.keys(team)))
    }

    test('of all runs are those of home, in every table, also where half of the records came later and a part twice', async () => {
      const late = all.bodies.filter((_, i) => i % 3 === 1)
      await exportTo(
        server(),
        'otel',
        'map-150',
        all.bodies.filter((_, i) => i % 3 !== 1),
      )
      const keeper = { url: server().url, user: 'keeper', password: 'keeper', database: 'otel' }
      await project('otel', 'colophon', { connection: keeper })
      await insertBodies(server(), 'otel', 'map-150', [...late, ...late.slice(0, 20), ...all.bodies.slice(0, 20)])
      const projected = await project('otel', 'colophon', { connection: keeper })
      expect(projected).toMatchObject({ lagSeconds: 0 })
      expect(projected.sessions).toBeGreaterThan(10)
      await expectSame('colophon', all.facts)
    })

    test('nothing new is nothing to do, and a record that was sent again is nothing new', async () => {
      expect(await project('otel', 'colophon')).toMatchObject({ sessions: 0, spans: 0, logs: 0, lagSeconds: 0 })
      await insertBodies(server(), 'otel', 'map-150', all.bodies.slice(40, 60))
      expect(await project('otel', 'colophon')).toMatchObject({ sessions: 0, lagSeconds: 0 })
    })

    test('two shards make what one makes, however few sessions are taken at once', async () => {
      await exportTo(server(), 'some', 'json-165', some.bodies)
      for (const number of [2, 1]) await project('some', 'sharded', { shard: { number, of: 2 }, sessionsAtOnce: 2 })
      await project('some', 'whole')
      const revisions = (facts: string) =>
        server().ask(`SELECT id, revision FROM ${facts}.colophon_sessions FINAL ORDER BY id`)
      expect(await revisions('sharded')).toBe(await revisions('whole'))
      const whole = await readTeamFacts(server(), 'whole')
      expect(await readTeamFacts(server(), 'sharded')).toEqual(whole)
      expect(whole['session']).toHaveLength(some.ids.length)
    })

    test('a projector that was cut off in the middle shows nothing half, and another one makes it whole', async () => {
      const connection = { url: server().url, user: 'default', password: '', database: 'some' }
      const options = { connection, factsDatabase: 'cut', shard: { number: 1, of: 1 } }
      const projector = await openProjector({ ...options, sessionsAtOnce: 3 })
      await server().ask('DROP TABLE cut.colophon_tool_calls')
      await expect(projector.run()).rejects.toThrow('colophon_tool_calls')
      await projector.close()
      expect(await server().ask('SELECT count() > 0 FROM cut.colophon_prompts')).toBe('1')
      expect(await server().ask('SELECT count() FROM cut.colophon_sessions')).toBe('0')
      await project('some', 'cut')
      expect(await readTeamFacts(server(), 'cut')).toEqual(await readTeamFacts(server(), 'whole'))
    })

    test('rows that were followed twice are taken away', async () => {
      const rows = async () =>
        Number(await server().ask('SELECT uniqExact(session_id, revision) FROM grown.colophon_session_starts'))
      const { bodies } = told(['09_subagents'])
      await exportTo(server(), 'growing', 'map-165', bodies.slice(0, 6))
      await project('growing', 'grown')
      for (const from of [6, 9, 12]) {
        await insertBodies(server(), 'growing', 'map-165', bodies.slice(from, from + 3))
        await project('growing', 'grown')
      }
      expect(await rows()).toBeLessThanOrEqual(6)
    })

    test('who may not write is told so', async () => {
      const reader = { url: server().url, user: 'reader', password: 'reader', database: 'some' }
      await expect(project('some', 'nowhere', { connection: reader })).rejects.toThrow(/readonly|privileges/i)
      const wrong = { ...reader, password: 'wrong' }
      await expect(project('some', 'nowhere', { connection: wrong })).rejects.toThrow(/password/i)
    })
  })
}
