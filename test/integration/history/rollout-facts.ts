import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRollouts } from '../../../src/engine/history/find-rollouts.ts'
import { readRolloutFacts, type RolloutProblem } from '../../../src/engine/history/read-facts.ts'
import type { RolloutFact } from '../../../src/model/codex/rollout/facts.ts'
import { newRolloutState } from '../../../src/model/codex/rollout/reader.ts'

export interface ReadHome {
  readonly facts: readonly RolloutFact[]
  readonly problems: readonly RolloutProblem[]
  readonly unknown: readonly string[]
}

/** A folder that is gone afterwards. */
export async function inTemporaryHome<T>(run: (home: string) => T | Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'colophon-home-'))
  try {
    return await run(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Every fact of every session file of a Codex home. */
export async function readHome(home: string): Promise<ReadHome> {
  const facts: RolloutFact[] = []
  const problems: RolloutProblem[] = []
  const unknown = new Set<string>()
  for (const { path, name } of findRollouts(home).files) {
    await readRolloutFacts({
      path,
      packed: name.packed,
      offset: 0,
      state: newRolloutState(name),
      fact: (fact) => facts.push(fact),
      problem: (problem) => problems.push(problem),
      unknown: (kind) => unknown.add(kind),
      goesOn: () => true,
    })
  }
  return { facts, problems, unknown: [...unknown] }
}
