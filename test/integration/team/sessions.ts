import { beforeAll, describe, expect, test } from 'vitest'
import { exportTo } from '../../clickhouse/exporter.ts'
import { generations, type GenerationName } from '../../clickhouse/generations.ts'
import type { ClickHouse } from '../../clickhouse/server.ts'
import { atHome, openTeam, type Asking } from './asked-at-home.ts'
import { told } from './team-captures.ts'
import { teamRuns } from './team-store.ts'

export function describeSessions(server: () => ClickHouse): void {
  describe("a team's session, from its records", () => {
    test('answers whatever is asked of it as home does, where facts are projected', async () => {
      const home = await atHome(teamRuns.bodies, (asking) => answersOf(asking, teamRuns.ids))
      const team = await openTeam(server(), 'otel', 'colophon')
      expect(team.isProjected).toBe(true)
      const answers = await answersOf(team, teamRuns.ids)
      for (const [name, answer] of Object.entries(home)) expect.soft(answers[name], name).toEqual(answer)
      await team.close()
    })

    const few = told(['01_code_multi', '09_subagents', '28_guardian', '30_signal_INT'])
    let home: Answers
    beforeAll(async () => {
      home = await atHome(few.bodies, (asking) => answersOf(asking, few.ids, false))
    })
    test.each(Object.keys(generations) as GenerationName[])(
      '%s: also where nobody projects any, and is listed',
      async (generation) => {
        const database = `raw_${generation.replace('-', '_')}`
        await exportTo(server(), database, generation, few.bodies)
        const team = await openTeam(server(), database, 'nowhere')
        expect(team.isProjected).toBe(false)
        expect(await answersOf(team, few.ids, false)).toEqual(home)
        await team.close()
      },
    )
  })
}

type Answers = Readonly<Record<string, unknown>>

/** `past`: also what other sessions have a part in. */
async function answersOf(asking: Asking, ids: readonly string[], past = true): Promise<Answers> {
  const answers: [string, unknown][] = [['list', await asking.ask('session.list', {})]]
  for (const id of ids)
    for (const [name, answer] of Object.entries(await sessionAnswers(asking, id, past)))
      answers.push([`${name} ${id}`, answer])
  const [a = '', b = ''] = ids
  return Object.fromEntries([...answers, ['compared', await asking.ask('session.compare', { a, b })]])
}

async function sessionAnswers(asking: Asking, id: string, past: boolean): Promise<Answers> {
  const { ask } = asking
  const tree = await ask('session.tree', { id })
  const rows: unknown[] = []
  for (const { id: rowId } of tree.rows.slice(0, 12))
    rows.push(
      withoutRaw(await ask('session.row', { id, rowId })),
      spansIn((await ask('session.spans', { id, rowId })).spans),
    )
  const { logs, ...facets } = await ask('session.logs', { id, helpers: true })
  return {
    tree,
    rows,
    block: Buffer.from(await ask('session.block', { id, spans: false })).toString('base64'),
    logs: { ...facets, logs: logs.length },
    get: await ask('session.get', { id }),
    ledger: await ask('session.ledger', { id }),
    turns: await ask('session.turns', { id }),
    receipts: await ask('session.receipts', { id }),
    search: { ...(await ask('session.search', { id, query: 'exec' })), spans: 'in the order of the store' },
    ...(past ? { findings: await ask('session.findings', { id }) } : {}),
    ...(past ? { percentile: await ask('call.percentile', { kind: 'model', name: 'gpt-5.5', durationMs: 300 }) } : {}),
  }
}

const spansIn = (spans: readonly { readonly spanId: string }[]): readonly string[] => spans.map(({ spanId }) => spanId)

/** The Collector's tables keep attributes as text, in an order of their own. */
function withoutRaw(details: unknown): unknown {
  return JSON.parse(
    JSON.stringify(details, (key, value: unknown) => (['raw', 'record', 'resource'].includes(key) ? undefined : value)),
  )
}
