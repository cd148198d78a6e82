import { describe, expect, test } from 'vitest'
import type { Params, Value } from '../../../src/contract/index.ts'
import type { CapturedBody } from '../../captures.ts'
import { exportTo } from '../../clickhouse/exporter.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { atHome, openTeam, type Asking } from './asked-at-home.ts'
import { told, type Told } from './team-captures.ts'
import { teamRuns } from './team-store.ts'

const range = { fromMs: 1_794_000_000_000, toMs: 1_797_000_000_000 }

const logs: readonly Partial<Params<'explore.logs'>>[] = [
  {},
  { limit: 37 },
  { minSeverity: 13 },
  { events: ['codex.tool_result', 'codex.user_prompt'] },
  { text: 'EXEC' },
  { attributes: [{ key: 'model', value: 'gpt-5.5' }], text: "it's 100 %_\\" },
  { attributes: [{ key: 'event.name', value: 'codex.api_request' }] },
  { filters: { originator: ['codex-tui'] } },
  { filters: { helpers: false } },
]
const spans: readonly Partial<Params<'explore.spans'>>[] = [
  ...[{ limit: 211 }, { name: 'TURN' }, { service: 'tui' }, { minDurationMs: 100 }, { text: 'exec_command' }],
]

export function describeExploring(server: () => ClickHouse): void {
  describe("a team's records, over all sessions", () => {
    const few = told(['03_errors_retries', '09_subagents', '16_tui'])
    const stores: readonly [string, Told, database: string, facts: string][] = [
      ['beside facts', teamRuns, 'otel', 'colophon'],
      ['as JSON, without facts', few, 'explored', 'nowhere'],
    ]

    test.each(stores)(
      '%s: lists, counts and sums are those of home, page by page',
      async (_, runs, database, facts) => {
        const bodies = database === 'explored' ? [...runs.bodies, ...withSecret, ofNotes] : runs.bodies
        if (database === 'explored') await exportTo(server(), database, 'json-165', bodies)
        const home = await atHome(bodies, (asking) => explored(asking))
        const team = await openTeam(server(), database, facts)
        const answers = await explored(team)
        // Names of sessions are facts.
        const shown = facts === 'colophon' ? answers : withoutNames(answers)
        for (const [name, answer] of Object.entries(facts === 'colophon' ? home : withoutNames(home)))
          expect.soft(shown[name], name).toEqual(name.startsWith('sums') ? roughly(answer) : answer)
        await team.close()
      },
    )

    test('one is shown whole, and a place that no list named is refused', async () => {
      const team = await openTeam(server(), 'otel', 'colophon')
      const [log] = (await team.ask('explore.logs', { ...range, text: 'prompt', limit: 1 })).logs
      expect(await team.ask('explore.record', { ref: log?.ref ?? '' })).toMatchObject({
        record: {
          resource: { attributes: expect.any(Array) as unknown },
          record: { timeUnixNano: expect.any(String) as unknown },
        },
      })
      const [span] = (await team.ask('explore.spans', { ...range, limit: 1 })).spans
      const { record } = (await team.ask('explore.record', { ref: span?.ref ?? '' })) as { record: { record: unknown } }
      expect(record.record).toMatchObject({ traceId: span?.traceId, spanId: span?.spanId, name: span?.name })
      await expect(team.ask('explore.record', { ref: 'log:1:2' })).rejects.toThrow('no longer stored')
      for (const ref of ['log:1', "span:1:'"]) await expect(team.ask('explore.record', { ref })).rejects.toThrow('ref')
      await expect(team.ask('explore.logs', { ...range, after: 'x' })).rejects.toThrow('after')
      await expect(team.ask('process.list' as never, {} as never)).rejects.toThrow('not looked up')
      await team.close()
    })
  })
}

/** No key of anybody's. */
const secret = ['sk', 'Zx81kLmPq0WvT4nRb7yC2dHs'].join('-')

/** Sent by a session of those that are there. */
const withSecret = told(['16_tui'])
  .ids.slice(0, 1)
  .map((id) =>
    logOf('codex_cli_rs', {
      ...{ 'event.name': 'codex.user_prompt', 'conversation.id': id },
      ...{ call_id: 'call_1', prompt: `use ${secret}` },
    }),
  )

/** Of another program, whose own words only repeat the event. */
const ofNotes = logOf('notes', { 'event.name': 'note_saved', folder: 'notes', words: '12' }, 'notes.note_saved')

function logOf(service: string, attributes: Readonly<Record<string, string>>, words?: string): CapturedBody {
  const pairsOf = (given: Readonly<Record<string, string>>) =>
    Object.entries(given).map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const body = words === undefined ? {} : { body: { stringValue: words } }
  const logRecords = [
    { timeUnixNano: '1795167231038000000', severityNumber: 9, attributes: pairsOf(attributes), ...body },
  ]
  const resource = { attributes: pairsOf({ 'service.name': service }) }
  const text = JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] })
  return { signal: 'logs', encoding: 'json', bytes: new TextEncoder().encode(text) }
}

type Answers = Readonly<Record<string, unknown>>

async function explored({ ask }: Asking): Promise<Answers> {
  const answers: [string, unknown][] = []
  for (const params of logs) {
    const pages = await allPages((after) => ask('explore.logs', { ...range, ...params, ...after }))
    answers.push([`logs ${JSON.stringify(params)}`, inOrder(pages.flatMap((page) => page.logs))])
  }
  for (const params of [{}, { minSeverity: 9 }, { filters: { originator: ['codex-tui'] } }]) {
    const { events, ...facets } = await ask('explore.logFacets', { ...range, zone: 'UTC', ...params })
    answers.push([`facets ${JSON.stringify(params)}`, { ...facets, events: inOrder(events) }])
  }
  for (const params of [{}, { text: 'RETRY' }, { kinds: ['log' as const] }, { filters: { helpers: false } }]) {
    const { errors, kinds, truncated } = await ask('explore.errors', { ...range, ...params })
    answers.push([`errors ${JSON.stringify(params)}`, { errors: inOrder(errors), kinds: inOrder(kinds), truncated }])
  }
  for (const params of [{}, { filters: { originator: ['codex-tui'] } }]) {
    const steps = await allPages((after) => ask('explore.secrets', { ...range, ...params, ...after }))
    answers.push([`secrets ${JSON.stringify(params)}`, inOrder(steps.flatMap(({ found }) => found))])
  }
  for (const params of spans) {
    const pages = await allPages((after) => ask('explore.spans', { ...range, ...params, ...after }))
    answers.push([`spans ${JSON.stringify(params)}`, inOrder(pages.flatMap((page) => page.spans))])
    const { limit: _, ...choice } = params
    const steps = await allPages((after) => ask('explore.spanNames', { ...range, ...choice, ...after }))
    answers.push([`sums ${JSON.stringify(choice)}`, sums(steps)])
  }
  return Object.fromEntries(answers)
}

async function allPages<P extends { readonly next: string | null }>(
  ask: (after: { readonly after?: string }) => Promise<P>,
): Promise<readonly P[]> {
  const pages: P[] = []
  do {
    const after = pages.at(-1)?.next
    pages.push(await ask(typeof after === 'string' ? { after } : {}))
  } while (pages.at(-1)?.next !== null)
  return pages
}

/** Records of one moment lie in an order of the store's. */
function inOrder(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries({ ...row, ref: 'of the store' }).toSorted())).toSorted()
}

/** Durations are added up in another order there, so that the last digits differ. */
function sums(steps: readonly Value<'explore.spanNames'>[]): Readonly<Record<string, unknown>> {
  const byName = new Map<string, { count: number; ms: number; longestMs: number }>()
  for (const { name, ...one } of steps.flatMap(({ names }) => names)) {
    const { count, ms, longestMs } = byName.get(name) ?? { count: 0, ms: 0, longestMs: 0 }
    byName.set(name, { count: count + one.count, ms: ms + one.ms, longestMs: Math.max(longestMs, one.longestMs) })
  }
  return Object.fromEntries(byName)
}

const about = (ms: number): unknown => expect.closeTo(ms, 0)

function roughly(answer: unknown): unknown {
  const entries = Object.entries(answer as Readonly<Record<string, { count: number; ms: number; longestMs: number }>>)
  return Object.fromEntries(
    entries.map(([name, { count, ms, longestMs }]) => [name, { count, ms: about(ms), longestMs: about(longestMs) }]),
  )
}

function withoutNames(answers: Answers): Answers {
  return JSON.parse(JSON.stringify(answers).replaceAll(/\[\\"session\\",\{.*?\}\]/g, '')) as Answers
}
