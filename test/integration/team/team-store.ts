import { openProjector, type Projected, type ProjectorOptions } from '../../../src/team/projection/project.ts'
import { exportTo, insertBodies } from '../../clickhouse/exporter.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { told } from './team-captures.ts'

/** Runs of every kind: code mode, errors, MCP, sub-agents, title sessions, approvals, attributes of its own, a reviewer, one that was killed. */
export const teamRuns = told([
  ...['01_code_multi', '03_errors_retries', '08_mcp', '09_subagents', '16_tui', '20_sandbox'],
  ...['24_rich_flags', '28_guardian', '30_signal_INT', '43_v171_retries'],
])

/** The Collector's tables `otel`, of which a third came late and a part twice, and the facts `colophon` of them. */
export async function makeTeamStore(server: ClickHouse): Promise<void> {
  const { bodies } = teamRuns
  const late = bodies.filter((_, i) => i % 3 === 1)
  const inTime = bodies.filter((_, i) => i % 3 !== 1)
  const keeper = { url: server.url, user: 'keeper', password: 'keeper', database: 'otel' }
  await exportTo(server, 'otel', 'map-150', inTime)
  await project(server, 'colophon', { connection: keeper })
  await insertBodies(server, 'otel', 'map-150', [...late, ...late.slice(0, 20), ...inTime.slice(0, 20)])
  await project(server, 'colophon', { connection: keeper })
}

/** One projector's one time. */
export async function project(
  { url }: ClickHouse,
  factsDatabase: string,
  more: Partial<ProjectorOptions> = {},
): Promise<Projected> {
  const connection = { url, user: 'default', password: '', database: 'otel' }
  const projector = await openProjector({ connection, factsDatabase, shard: { number: 1, of: 1 }, ...more })
  try {
    return await projector.run()
  } finally {
    await projector.close()
  }
}
