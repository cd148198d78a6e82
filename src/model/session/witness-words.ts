import type { Difference, Witness } from './witness.ts'

const names: Readonly<Record<Difference['what'], string>> = {
  turns: 'turn',
  modelCalls: 'model call',
  toolCalls: 'tool call',
  prompts: 'prompt',
}

interface Witnessed {
  readonly witness: Witness
  readonly differences: number
  /** A fork whose file holds a copy of it, where its own was never found. */
  readonly copiedIn?: string | undefined
}

/** Who tells of a session, and whether they agree. */
export function witnessWords({ witness: of, differences, copiedIn }: Witnessed): string {
  const file = copiedIn === undefined ? 'its file' : "a fork's copy"
  if (differences > 0) return `telemetry and ${file} differ`
  return { telemetry: 'from telemetry alone', file: `from ${file} alone`, both: `telemetry and ${file} agree` }[of]
}

/** `the file has 2 model calls more: Codex lost its last export` */
export function differenceWords({ what, witness: of, count }: Difference): string {
  const things = `${count} ${names[what]}${count === 1 ? '' : 's'}`
  return of === 'file'
    ? `the file has ${things} more: Codex lost an export, or was not heard`
    : `the telemetry has ${things} more: the file does not hold them`
}
