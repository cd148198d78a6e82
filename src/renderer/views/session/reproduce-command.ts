import type { SessionSummary } from '../../../model/session/summary.ts'

type Asked = Pick<
  SessionSummary,
  'kind' | 'sample' | 'model' | 'effort' | 'approvalPolicy' | 'sandboxPolicy' | 'folder' | 'environment'
>

/** What `codex exec --sandbox` takes; of other policies Codex's configuration says. */
const sandboxes: readonly string[] = ['read-only', 'workspace-write', 'danger-full-access']

/**
 * What runs the same prompt again, with the settings that the session had, for a POSIX shell; null where Codex is not what ran. A prompt that
 * was not logged is a blank to fill in.
 */
export function reproduceCommand(session: Asked, prompt: string | null): string | null {
  const { kind, sample, model, effort, approvalPolicy, sandboxPolicy, folder, environment } = session
  if (kind !== 'user' || sample) return null
  const set = (key: string, value: string): string => `--config ${quoted(`${key}=${JSON.stringify(value)}`)}`
  return [
    'codex exec',
    ...(folder === null ? [] : [`--cd ${quoted(folder)}`]),
    ...(model === null ? [] : [`--model ${quoted(model)}`]),
    ...(effort === null ? [] : [set('model_reasoning_effort', effort)]),
    ...(approvalPolicy === null ? [] : [set('approval_policy', approvalPolicy)]),
    ...(sandboxPolicy !== null && sandboxes.includes(sandboxPolicy) ? [`--sandbox ${sandboxPolicy}`] : []),
    ...(environment === null ? [] : [set('otel.environment', environment)]),
    // A prompt may begin like an option.
    `-- ${quoted(prompt ?? 'PROMPT')}`,
  ].join(' ')
}

function quoted(text: string): string {
  return /^[\w./@%+:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
