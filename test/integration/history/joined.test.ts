import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import { readFacts, type Tables } from '../engine/tables.ts'
import { loadRolloutRun, rolloutRuns, type RolloutRun } from '../../rollouts.ts'
import { inTemporaryHome } from './rollout-facts.ts'
import { homeInSteps } from './stored-home.ts'
import { toldSessions, trueSessions, type ToldSession } from './told-sessions.ts'

const opened: { store: StoreUnderTest; dataDir: string }[] = []

function open(): { store: StoreUnderTest; dataDir: string } {
  const dataDir = mkdtempSync(join(tmpdir(), 'colophon-joined-'))
  const one = { store: openStore(dataDir), dataDir }
  opened.push(one)
  return one
}

afterEach(() => {
  for (const { store, dataDir } of opened.splice(0)) {
    store.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

type Step = () => void

/** Takes the steps of both witnesses in the order that `arrange` says, and settles after each `settleEvery`-th of them. */
async function told(
  run: RolloutRun,
  arrange: (telemetry: Step[], file: Step[]) => Step[],
  settleEvery = Infinity,
): Promise<{ sessions: ToldSession[]; facts: Tables; store: StoreUnderTest; dataDir: string }> {
  const { store, dataDir } = open()
  await inTemporaryHome(async (home) => {
    run.unpackInto(home)
    const telemetry = run.bodies.map((body) => () => {
      store.store(body)
    })
    const steps = arrange(telemetry, await homeInSteps(store.db, home, 7))
    steps.forEach((step, i) => {
      step()
      if (i % settleEvery === 0) store.settle()
    })
  })
  store.settle()
  return { sessions: toldSessions(store.db), facts: withoutFolders(dataDir), store, dataDir }
}

/** A home has another name each time. */
function withoutFolders(dataDir: string): Tables {
  const { rollout_file: _, ...facts } = readFacts(dataDir)
  return facts
}

/** Telemetry never names the turn without traces, nor whom a title belongs to; the truth does not say the latter either. */
function asFarAsTelemetry({ id, totals, calls }: ToldSession): unknown {
  return { id, totals, calls: calls.length }
}

describe.each(rolloutRuns)('the sessions of %s', (name) => {
  const run = loadRolloutRun(name)
  const truth = trueSessions(run.threads)
  const filed = new Set(run.threads.filter(({ files }) => files.length > 0).map(({ id }) => id))

  it('are what the files alone say', async () => {
    const { sessions } = await told(run, (_, file) => file)
    expect(sessions).toEqual(truth.filter(({ id }) => filed.has(id)))
  })

  it('are the union of both, each thing once, whichever comes first', async () => {
    const fileLast = await told(run, (telemetry, file) => [...telemetry, ...file])
    expect(fileLast.sessions.filter(({ id }) => filed.has(id))).toEqual(truth.filter(({ id }) => filed.has(id)))
    expect(fileLast.sessions.map(asFarAsTelemetry)).toEqual(truth.map(asFarAsTelemetry))
    const fileFirst = await told(run, (telemetry, file) => [...file, ...telemetry], 5)
    expect(fileFirst.facts).toEqual(fileLast.facts)
    const interleaved = await told(run, alternately, 2)
    expect(interleaved.facts).toEqual(fileLast.facts)
  })

  it('are as far as the telemetry alone says them, and so again when the files are forgotten', async () => {
    const alone = await told(run, (telemetry) => telemetry)
    const ids = new Set(alone.sessions.map(({ id }) => id))
    expect(alone.sessions.map(asFarAsTelemetry)).toEqual(truth.filter(({ id }) => ids.has(id)).map(asFarAsTelemetry))
    const { store, dataDir } = await told(run, (telemetry, file) => [...file, ...telemetry])
    const files = store.db.prepare<[], string>('SELECT rollout_id FROM rollout_file').pluck().all()
    for (const id of files) rolloutWriter(store.db).takeBack(id)
    store.settle()
    expect(withoutFolders(dataDir)).toEqual(alone.facts)
  })
})

function alternately(telemetry: Step[], file: Step[]): Step[] {
  return Array.from({ length: Math.max(telemetry.length, file.length) }, (_, i) => [file[i], telemetry[i]]).flatMap(
    (pair) => pair.filter((step) => step !== undefined),
  )
}
