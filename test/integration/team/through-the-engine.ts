import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { inTemporaryFolder, withEngine, type UnderTest } from '../engine/engine-under-test.ts'
import { teamRuns } from './team-store.ts'

export function describeEngine(server: () => ClickHouse): void {
  describe('an engine with a team', () => {
    test("shows both sources, exports a team's session, keeps one here, and holds the password apart", () =>
      inTemporaryFolder((dataDir) =>
        withEngine({ dataDir }, async (engine) => {
          const [id = ''] = teamRuns.ids
          await engine.ask('team.save', { url: server().url, user: 'reader', password: 'reader' })
          expect(await engine.ask('session.list', {})).toMatchObject({ total: 0 })
          expect((await engine.ask('session.list', { source: 'team' })).total).toBe(teamRuns.ids.length)
          const team = await engine.ask('session.get', { id, source: 'team' })
          await engine.ask('session.mark', { id, name: 'Ours', starred: true, source: 'team' })
          expect(await engine.ask('session.get', { id, source: 'team' })).toMatchObject({ byUser: { name: 'Ours' } })
          const starred = { source: 'team', filters: { starred: true } } as const
          expect(await engine.ask('session.list', starred)).toMatchObject({ total: 1, sessions: [{ id }] })
          await expect(engine.ask('session.mark', { id, name: 'Ours' })).rejects.toThrow('no session')
          expect(await engine.ask('team.state', {})).toEqual({ doing: [] })
          const text = await exported(engine, id)
          expect(JSON.parse(text)).toMatchObject({ format: 'colophon.session' })
          const kept = await engine.ask('import.files', { files: [{ name: 'kept.session.json', text }] })
          expect(kept.files.map(({ error }) => error)).toEqual([null])
          await engine.settled()
          const { imports: _, ...here } = await engine.ask('session.get', { id })
          expect(here).toMatchObject({
            title: team.title,
            turns: team.turns,
            spanCount: team.spanCount,
            tokens: team.tokens,
          })
          expect(readdirSync(join(dataDir, 'exports'))).toEqual([])
          expect(statSync(join(dataDir, 'team.json')).mode & 0o777).toBe(0o600)
          expect(readFileSync(join(dataDir, 'colophon.db')).includes(server().url)).toBe(false)
          await engine.ask('team.forget', {})
          expect(existsSync(join(dataDir, 'team.json'))).toBe(false)
          await expect(engine.ask('session.list', { source: 'team' })).rejects.toThrow('no team is set up')
        }),
      ))
  })
}

async function exported(engine: UnderTest, id: string): Promise<string> {
  const { exportId } = await engine.ask('export.start', { id, format: 'json', source: 'team' })
  await vi.waitFor(async () => expect((await engine.ask('export.progress', { exportId })).done).toBe(true), {
    timeout: 30_000,
    interval: 50,
  })
  const pieces: Uint8Array[] = []
  for (let offset = 0; ; offset += pieces.at(-1)?.length ?? 0) {
    const piece = await engine.ask('export.read', { exportId, offset })
    if (piece.length === 0) break
    pieces.push(piece)
  }
  await engine.ask('export.end', { exportId })
  return Buffer.concat(pieces).toString()
}
