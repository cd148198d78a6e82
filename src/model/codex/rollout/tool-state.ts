import type { RolloutToolState } from './facts.ts'

/** Of one call: what its output line says, and what its item says; null where there is no such line. */
export interface ToldTwice {
  readonly output: { readonly state: RolloutToolState; readonly exitCode: number | null } | null
  readonly item: { readonly state: RolloutToolState; readonly exitCode: number | null } | null
}

export interface ToolEnd {
  readonly state: RolloutToolState | 'unfinished'
  readonly exitCode: number | null
}

/** How a call ended. Only the output tells that it was declined or broken off; what ran is told best by its item. */
export function toolEnd({ output, item }: ToldTwice): ToolEnd {
  if (output !== null && (output.state === 'aborted' || output.state === 'declined'))
    return { state: output.state, exitCode: null }
  if (item !== null) return { state: item.state, exitCode: item.exitCode ?? output?.exitCode ?? null }
  return output ?? { state: 'unfinished', exitCode: null }
}
