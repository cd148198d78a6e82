import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { built } from '../../built.ts'
import { loadCapture } from '../../captures.ts'
import type { Engine } from '../../clickhouse/engine.ts'
import { exportTo, insertBodies } from '../../clickhouse/exporter.ts'
import { startClickHouse, type ClickHouse } from '../../clickhouse/server.ts'
import { nodeCommand } from '../../node-command.ts'

interface TeamRun {
  readonly capture: string
  readonly user: string
  readonly host: string
}

/** A ClickHouse with what a Collector would have written of these runs, each of somebody and somewhere, and the facts of it. */
export async function startTeamStore(engine: Engine, runs: readonly TeamRun[]): Promise<ClickHouse> {
  const server = await startClickHouse(engine)
  await exportTo(server, 'otel', 'map-165', [])
  for (const { capture, user, host } of runs) {
    const { bodies, conversations } = loadCapture(capture)
    await insertBodies(server, 'otel', 'map-165', bodies)
    const ids = conversations.map(({ conversation }) => `'${conversation}'`).join(', ')
    await server.ask(
      `ALTER TABLE otel.otel_logs UPDATE ResourceAttributes = mapUpdate(ResourceAttributes, map('host.name', '${host}')),
         LogAttributes = mapUpdate(LogAttributes, map('user.email', '${user}'))
       WHERE LogAttributes['conversation.id'] IN (${ids}) SETTINGS mutations_sync = 2`,
    )
  }
  const place = ['--clickhouse', server.url, '--user', 'keeper', '--password', 'keeper', '--database', 'otel']
  await promisify(execFile)(...nodeCommand(built('main/cli.js'), 'project', ...place, '--once', '--json'))
  return server
}
