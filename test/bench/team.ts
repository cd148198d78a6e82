import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTeamReading, type TeamReading } from '../../src/team/questions/reading.ts'
import { built } from '../built.ts'
import { findEngine } from '../clickhouse/engine.ts'
import { startClickHouse, type ClickHouse } from '../clickhouse/server.ts'
import { nodeCommand } from '../node-command.ts'
import { median } from './floors.ts'
import type { Figure } from './report.ts'
import { fillMonth, month } from './team-month.ts'

const rounds = 7

/** A team's month in a ClickHouse beside us: what one shard projects, and what the views that people open first take. */
export async function teamFigures(): Promise<Figure[]> {
  const engine = findEngine()
  if (engine === null) return []
  const server = await startClickHouse(engine)
  try {
    const range = await fillMonth(server, 'otel')
    return [...(await projected(server)), ...(await views(server, range))]
  } finally {
    await server.stop()
  }
}

async function projected({ url }: ClickHouse): Promise<Figure[]> {
  const args = ['project', '--clickhouse', url, '--user', 'default', '--database', 'otel', '--once', '--json']
  const child = spawn(...nodeCommand(built('main/cli.js'), ...args), { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  let mostKiB = 0
  const ended = once(child, 'exit')
  while (child.exitCode === null) {
    mostKiB = Math.max(mostKiB, residentAtMostKiB(child.pid ?? 0))
    await Promise.race([ended, sleep(100)])
  }
  const { spans, seconds } = JSON.parse(said) as { spans: number; seconds: number }
  return [
    {
      name: 'a team: projected by one shard',
      value: spans / seconds,
      unit: 'spans/s',
      limit: 20_000,
      better: 'higher',
    },
    { name: 'a team: memory of that', value: mostKiB / 1000, unit: 'MB', limit: 500, better: 'lower' },
  ]
}

/** Since it began, as Linux counts it; 0 once it has ended. */
function residentAtMostKiB(pid: number): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

async function views(server: ClickHouse, range: Span): Promise<Figure[]> {
  const id = await largest(server)
  const open = () =>
    openTeamReading({ url: server.url, user: 'reader', password: 'reader', database: 'otel' }, 'colophon')
  /** With a reader of its own each time, as the first question after a start. */
  const fresh = (name: string, limit: number, ask: (team: TeamReading) => Promise<unknown>, first = true) =>
    timed(name, limit, async () => {
      const team = await open()
      if (!first) await ask(team)
      const begun = performance.now()
      await ask(team)
      const took = performance.now() - begun
      await team.close()
      return took
    })
  const overview = async (team: TeamReading): Promise<void> => {
    const { panels } = await team.ask('panel.list', {})
    const shown = panels.filter(({ dashboard, spare }) => dashboard === 'codex' && spare === undefined)
    await Promise.all(shown.map(({ id: panel }) => team.ask('panel.run', { panel, ...range })))
  }
  return [
    await fresh('a team: 50 sessions listed', 300, (team) => team.ask('session.list', { limit: 50 })),
    await fresh('a team: listed by words', 300, (team) => team.ask('session.list', { limit: 50, search: 'prompt' })),
    await fresh(`a team: Overview, ${String(month.days)} days, the first look`, 1500, overview),
    await fresh(`a team: Overview, ${String(month.days)} days, later`, 1500, overview, false),
    await fresh(`a team: Insights, ${String(month.days)} days, the first look`, 3000, (team) =>
      team.ask('insight.list', range),
    ),
    await fresh('a team: a session of 14,000 spans opened', 1000, (team) =>
      team.ask('session.block', { id, spans: false }),
    ),
    await fresh('a team: the same with its raw spans', 2000, (team) => team.ask('session.block', { id, spans: true })),
    await fresh('a team: 200 log records of a month', 1500, (team) =>
      team.ask('explore.logs', { ...range, limit: 200 }),
    ),
    await fresh('a team: log records of a month counted', 3000, (team) => team.ask('explore.logFacets', range)),
    await fresh('a team: 200 spans of a month', 1500, (team) => team.ask('explore.spans', { ...range, limit: 200 })),
  ]
}

/** The session whose traces have most spans. */
function largest(server: ClickHouse): Promise<string> {
  return server.ask(
    `SELECT id FROM (SELECT DISTINCT LogAttributes['conversation.id'] AS id, TraceId FROM otel.otel_logs WHERE id != '' AND TraceId != '') AS named
     JOIN (SELECT TraceId, count() AS spans FROM otel.otel_traces GROUP BY TraceId) AS counted USING TraceId
     GROUP BY id ORDER BY sum(spans) DESC, id LIMIT 1`,
  )
}

async function timed(name: string, limit: number, once: () => Promise<number>): Promise<Figure> {
  const times: number[] = []
  for (let i = 0; i < rounds; i++) times.push(await once())
  return { name, value: median(times), unit: 'ms', limit, better: 'lower' }
}
