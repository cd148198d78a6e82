import type { Difference, Witness } from './witness.ts'

const names: Readonly<Record<Difference['what'], string>> = {
  turns: 'turn',
  modelCalls: 'model call',
  toolCalls: 'tool call',
  prompts: 'prompt',
}

/** Who tells of a session, and whether they agree. */
export function witnessWords({ witness: of, differences }: { witness: Witness; differences: number }): string {
  if (differences > 0) return 'telemetry and its file differ'
  return { telemetry: 'from telemetry alone', file: 'from its file alone', both: 'telemetry and its file agree' }[of]
}

/** `the file has 2 model calls more: Codex lost its last export` */
export function differenceWords({ what, witness: of, count }: Difference): string {
  const things = `${count} ${names[what]}${count === 1 ? '' : 's'}`
  return of === 'file'
    ? `the file has ${things} more: Codex lost an export, or was not heard`
    : `the telemetry has ${things} more: the file does not hold them`
}
