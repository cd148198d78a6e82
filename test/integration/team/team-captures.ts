import { loadCapture, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore } from '../engine/store-under-test.ts'
import { readFacts, type Tables } from '../engine/tables.ts'

export interface Told {
  readonly bodies: readonly CapturedBody[]
  readonly ids: readonly string[]
  /** As this machine has them; made once, when they are asked for. */
  readonly facts: () => Promise<Tables>
}

/** Runs of Codex, and what is at home of them. */
export function told(names: readonly string[]): Told {
  const captures = names.map(loadCapture)
  const bodies = captures.flatMap((capture) => capture.bodies)
  let facts: Promise<Tables> | null = null
  return {
    bodies,
    ids: captures.flatMap(({ conversations }) => conversations.map(({ conversation }) => conversation)),
    facts: () => (facts ??= factsOf(bodies)),
  }
}

export function factsOf(bodies: readonly CapturedBody[]): Promise<Tables> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    store.replay(bodies)
    while (!store.writer.sumUp(1000));
    store.close()
    return readFacts(dataDir, ['turn_share', 'finding'])
  })
}
