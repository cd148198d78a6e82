import type { ShareKind } from './share.ts'

/** What a share is called in a sentence. */
export const shareWords: Readonly<Record<ShareKind, string>> = {
  away: 'the machine away',
  tool_run: 'tools running',
  sandbox_retry: 'commands that the sandbox broke off',
  model_stream: 'the model answering',
  model_wait: 'waiting for the model’s first item',
  hook: 'hooks',
  retry: 'retries',
  wait_reviewer: 'waiting for the reviewer',
  wait_user: 'waiting for you',
  model: 'the model, at most',
  startup: 'the start of Codex',
  unaccounted: 'unaccounted for',
  between_turns: 'between turns',
}
