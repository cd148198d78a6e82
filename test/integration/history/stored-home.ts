import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { readRolloutFacts } from '../../../src/engine/history/read-facts.ts'
import { rolloutWriter } from '../../../src/engine/history/rollout-writer.ts'
import type { RolloutFact } from '../../../src/model/codex/rollout/facts.ts'
import { newRolloutState } from '../../../src/model/codex/rollout/reader.ts'
import type { Db } from '../../../src/engine/store/database.ts'

/** Reads the session files of a Codex home, at most `factsAtOnce` facts a transaction, and writes what they say. */
export async function storeHome(db: Db, home: string, factsAtOnce = Infinity): Promise<void> {
  const writer = rolloutWriter(db)
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
    const { rolloutId, threadId } = name
    const progress = {
      rolloutId,
      threadId,
      home,
      path,
      archived,
      bytes,
      modifiedMs,
      inode,
      head: '',
      readTo,
      state,
      problems,
    }
    do {
      const some = facts.splice(0, factsAtOnce)
      db.transaction(() => {
        writer.write(progress, some)
      })()
    } while (facts.length > 0)
  }
}
