import { expect, test } from 'vitest'
import { sessionPage } from '../../../src/cli/show/session-lines.ts'
import { linesText } from '../../../src/cli/text/line.ts'
import { shownSession } from '../../../src/engine/reading/shown-session.ts'
import type { SessionDetails } from '../../../src/contract/session.ts'
import { openStore } from '../engine/store-under-test.ts'
import { connect } from '../mcp/client-under-test.ts'
import { loadRolloutRun, type RolloutRun } from '../../rollouts.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { storeHome } from './stored-home.ts'

const screen = { width: 200, colour: false, unicode: true }

/** What is said of the one session of a run by the page's question, the command and the agents' tool. */
async function told(
  { unpackInto, threads }: RolloutRun,
  bodies: RolloutRun['bodies'],
): Promise<{ got: SessionDetails; page: string; agent: Record<string, unknown> }> {
  const id = threads[0]?.id ?? ''
  return inTemporaryHome((dataDir) =>
    inTemporaryHome(async (home) => {
      const store = openStore(dataDir)
      for (const body of bodies) store.store(body)
      unpackInto(home)
      await storeHome(store.db, home)
      store.settle()
      const got = store.reader['session.get']({ id })
      const page = linesText(sessionPage(shownSession(store.db, id), { depth: 1, rows: 9 }, screen, Date.now()), screen)
      store.close()
      const { call } = await connect(dataDir)
      return { got, page, agent: await call('explain_session', { session: id }) }
    }),
  )
}

const run = loadRolloutRun('01_fix')

test('a session that both witnesses tell of says that they agree', async () => {
  const { got, page, agent } = await told(run, run.bodies)
  expect(got).toMatchObject({ witness: 'both', differences: 0 })
  expect(page).toContain('telemetry and its file agree')
  expect(agent).toMatchObject({ session: { witness: 'both', differences: 0 }, differences: [] })
})

test('a session whose last exports were lost says what its file has more', async () => {
  const all = run.threads[0]?.totals.calls ?? 0
  const { got, page, agent } = await told(run, run.bodies.slice(0, run.bodies.length / 2))
  expect(got.witness).toBe('both')
  const calls = got.differenceList?.find(({ what }) => what === 'modelCalls')
  expect(calls).toMatchObject({ witness: 'file' })
  expect(calls?.count).toBeLessThan(all)
  const words = `the file has ${String(calls?.count)} model call`
  expect(page).toContain('telemetry and its file differ')
  expect(page).toContain(words)
  expect(agent).toMatchObject({ session: { witness: 'both', differences: got.differences } })
  expect((agent.differences as string[]).some((each) => each.startsWith(words))).toBe(true)
})

test('a session that its file alone tells of says so', async () => {
  const { page, agent } = await told(run, [])
  expect(page).toContain('from its file alone')
  expect(agent).toMatchObject({ session: { witness: 'file', differences: 0 } })
})
