import type { CallEvidence, Evidence } from '../settle/evidence.ts'
import type { FileEvidence } from './file-evidence.ts'
import { joinCalls } from './calls.ts'
import { addedCompactions } from './compactions.ts'
import type { FileOnlyCompaction, FileOnlyPrompt, FileOnlyTool } from './file-only.ts'
import { joinPrompts } from './prompts.ts'
import { joinTools } from './tools.ts'
import { joinTurns } from './turns.ts'

/** The evidence of both witnesses, each thing once, and what of it only the file says. */
export interface Joined {
  readonly evidence: Evidence
  readonly added: {
    readonly calls: readonly CallEvidence[]
    readonly prompts: readonly FileOnlyPrompt[]
    readonly tools: readonly FileOnlyTool[]
    readonly compactions: readonly FileOnlyCompaction[]
  }
}

/**
 * Adds to the telemetry's evidence what only Codex's files know. From there on settling goes its one way, whichever witness brought a
 * thing: the result depends on the two sets alone.
 */
export function joinFiles(telemetry: Evidence, file: FileEvidence | null): Joined {
  if (file === null) return { evidence: telemetry, added: { calls: [], prompts: [], tools: [], compactions: [] } }
  const prompts = joinPrompts(telemetry.prompts, file.prompts)
  const withTurns = joinTurns({ ...telemetry, prompts: [...prompts.known, ...prompts.added] }, file, prompts.turnIds)
  const calls = joinCalls(withTurns, file)
  const tools = joinTools(withTurns, file.tools)
  return {
    evidence: {
      ...withTurns,
      calls: [...calls.known, ...calls.added],
      tools: [...tools.known, ...tools.added],
      thread: file.thread,
      toldTurns: new Map(file.turns.map((turn) => [turn.turnId, turn])),
    },
    added: {
      calls: calls.added,
      prompts: prompts.added,
      tools: tools.added,
      compactions: addedCompactions(telemetry.compactions, file),
    },
  }
}
