import { describe, expect, test } from 'vitest'
import { openProjector } from '../../../src/team/projection/project.ts'
import { exportTo, insertBodies } from '../../clickhouse/exporter.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { factsOf, told } from './team-captures.ts'
import { asTeamFacts, readTeamFacts } from './team-facts.ts'
import { project, teamRuns } from './team-store.ts'

export function describeProjecting(server: () => ClickHouse): void {
  describe('facts of a team', () => {
    test('are those of home, in every table, though a third of the records came later and a part twice', async () => {
      const team = await readTeamFacts(server(), 'colophon')
      expect(team).toEqual(asTeamFacts(await teamRuns.facts(), Object.keys(team)))
      expect(team['session']).toHaveLength(teamRuns.ids.length)
    })

    test('nothing new is nothing to do, and a record that was sent again is nothing new', async () => {
      expect(await project(server(), 'colophon')).toMatchObject({ sessions: 0, spans: 0, logs: 0, lagSeconds: 0 })
      await insertBodies(server(), 'otel', 'map-150', teamRuns.bodies.slice(40, 50))
      expect(await project(server(), 'colophon')).toMatchObject({ sessions: 0, lagSeconds: 0 })
    })

    test('two shards make what one makes, however few sessions are taken at once', async () => {
      for (const number of [2, 1]) await project(server(), 'sharded', { shard: { number, of: 2 }, sessionsAtOnce: 8 })
      const revisions = (facts: string) =>
        server().ask(`SELECT id, revision FROM ${facts}.colophon_sessions FINAL ORDER BY id`)
      expect(await revisions('sharded')).toBe(await revisions('colophon'))
      expect(await readTeamFacts(server(), 'sharded')).toEqual(await readTeamFacts(server(), 'colophon'))
    })

    test('records of an old day that come when newer ones were done long since are made facts as well', async () => {
      const connection = { url: server().url, user: 'default', password: '', database: 'days' }
      const [old, newer] = [told(['10_json_redacted']), told(['43_v171_retries'])]
      await exportTo(server(), 'days', 'map-165', old.bodies.slice(0, 1))
      await project(server(), 'of_days', { connection })
      await insertBodies(server(), 'days', 'map-165', newer.bodies)
      await project(server(), 'of_days', { connection })
      await insertBodies(server(), 'days', 'map-165', old.bodies.slice(1))
      expect(await project(server(), 'of_days', { connection })).toMatchObject({ sessions: old.ids.length })
      const team = await readTeamFacts(server(), 'of_days')
      const home = await factsOf([...old.bodies, ...newer.bodies])
      const { metric_minute: _, ...facts } = asTeamFacts(home, Object.keys(team))
      expect({ ...team, metric_minute: [] }).toEqual({ ...facts, metric_minute: [] })
    })

    test('a projector that was cut off in the middle shows nothing half, and another one makes it whole', async () => {
      const connection = { url: server().url, user: 'default', password: '', database: 'otel' }
      const projector = await openProjector({ connection, factsDatabase: 'cut', shard: { number: 1, of: 1 } })
      await server().ask('DROP TABLE cut.colophon_tool_calls')
      await expect(projector.run()).rejects.toThrow('colophon_tool_calls')
      await projector.close()
      expect(await server().ask('SELECT count() > 0 FROM cut.colophon_prompts')).toBe('1')
      expect(await server().ask('SELECT count() FROM cut.colophon_sessions')).toBe('0')
      await project(server(), 'cut')
      expect(await readTeamFacts(server(), 'cut')).toEqual(await readTeamFacts(server(), 'colophon'))
    })

    test('rows of a session that grows are taken away once they were followed twice', async () => {
      const connection = { url: server().url, user: 'default', password: '', database: 'growing' }
      const { bodies, ids } = told(['10_json_redacted'])
      await exportTo(server(), 'growing', 'map-165', bodies.slice(0, 1))
      for (const body of bodies.slice(1, 6)) {
        await insertBodies(server(), 'growing', 'map-165', [body])
        await project(server(), 'grown', { connection })
      }
      const kept = await server().ask('SELECT uniqExact(session_id, revision) FROM grown.colophon_turn_mentions')
      expect(Number(kept)).toBeLessThanOrEqual(2 * ids.length)
      expect(Number(kept)).toBeGreaterThan(0)
    })

    test('a session of more traces than fit into one question is read whole, also where an id in it is none', async () => {
      await exportTo(server(), 'many', 'map-165', [])
      const id = '01a1f850-bb6c-7f50-86e4-53901db45fec'
      await server().ask(
        `INSERT INTO many.otel_logs (Timestamp, TraceId, SpanId, ServiceName, LogAttributes)
         SELECT fromUnixTimestamp64Milli(1795167400000 + number), lower(leftPad(hex(number + 1), 32, '0')), 'not-an-id', 'codex_exec',
           map('event.name', 'codex.user_prompt', 'conversation.id', '${id}') FROM numbers(5000)`,
      )
      const connection = { url: server().url, user: 'default', password: '', database: 'many' }
      expect(await project(server(), 'many_facts', { connection })).toMatchObject({ sessions: 1, logs: 5000 })
      expect(await server().ask('SELECT prompts FROM many_facts.colophon_sessions')).toBe('5000')
    })

    test('who may not write is told so', async () => {
      const reader = { url: server().url, user: 'reader', password: 'reader', database: 'otel' }
      await expect(project(server(), 'nowhere', { connection: reader })).rejects.toThrow(/readonly|privileges/i)
      const wrong = { ...reader, password: 'wrong' }
      await expect(project(server(), 'nowhere', { connection: wrong })).rejects.toThrow(/password/i)
    })
  })
}
