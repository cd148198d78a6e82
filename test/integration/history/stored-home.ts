import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { readRolloutFacts } from '../../../src/engine/history/read-facts.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import { toldBy } from '../../../src/engine/history/told-rows.ts'
import type { Db } from '../../../src/engine/store/database.ts'
import type { RolloutFact } from '../../../src/model/codex/rollout/facts.ts'
import { newRolloutState } from '../../../src/model/codex/rollout/reader.ts'

/** What writing the session files of a Codex home takes, at most `factsAtOnce` facts a step, each a transaction. */
export async function homeInSteps(db: Db, home: string, factsAtOnce = Infinity): Promise<(() => void)[]> {
  const writer = rolloutWriter(db)
  const steps: (() => void)[] = []
  for (const { path, name, archived, bytes, modifiedMs, inode } of findRollouts(home).files) {
    const state = newRolloutState(name)
    const facts: RolloutFact[] = []
    let problems = 0
    const readTo = await readRolloutFacts({
      path,
      packed: name.packed,
      offset: 0,
      state,
      fact: (fact) => facts.push(fact),
      problem: () => problems++,
      unknown: () => undefined,
      goesOn: () => true,
    })
    const file = { rolloutId: name.rolloutId, threadId: name.threadId, home, path, archived, bytes, modifiedMs, inode }
    do {
      const some = facts.splice(0, factsAtOnce)
      steps.push(() => {
        db.transaction(() => {
          const told = toldBy(name)
          some.forEach(told.add)
          writer.write({ ...file, head: '', readTo, state, problems }, told.take())
        })()
      })
    } while (facts.length > 0)
  }
  return steps
}

export async function storeHome(db: Db, home: string, factsAtOnce?: number): Promise<void> {
  for (const step of await homeInSteps(db, home, factsAtOnce)) step()
}
