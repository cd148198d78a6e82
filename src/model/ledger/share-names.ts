import type { ShareKind } from './share.ts'

/** What shares are called, in the order in which bars and legends show them: what Codex does, what it waits for, what is lost, the rest. */
export const shareNames: Readonly<Record<ShareKind, string>> = {
  model_wait: 'model, before first item',
  model_stream: 'model, streaming',
  model: 'model, not split',
  tool_run: 'tools running',
  sandbox_retry: 'sandbox, run again',
  wait_user: 'waiting for you',
  wait_reviewer: 'waiting for the reviewer',
  hook: 'hooks',
  retry: 'retries',
  away: 'machine away',
  startup: 'start-up',
  between_turns: 'between turns',
  unaccounted: 'unaccounted',
}
