/** `rollout-<local start>-<thread>[_<rollout>].jsonl[.zst]`; thread and rollout are UUIDs. */
const pattern = /^rollout-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)-([0-9a-f-]{36})(?:_([0-9a-f-]{36}))?\.jsonl(\.zst)?$/

export interface RolloutName {
  readonly threadId: string
  /** What identifies the file wherever it lies, packed or not. */
  readonly rolloutId: string
  /** Local time of the machine that wrote it, so good for an order and for nothing else. */
  readonly startedLocal: string
  readonly packed: boolean
}

/** What the name of a session file says; null where it is none. */
export function parseRolloutName(name: string): RolloutName | null {
  const [, startedLocal, threadId, segment, packed] = pattern.exec(name) ?? []
  if (startedLocal === undefined || threadId === undefined) return null
  return { threadId, rolloutId: segment ?? threadId, startedLocal, packed: packed !== undefined }
}

/** When a UUIDv7 was born, in Unix milliseconds; null for any other id. */
export function bornMs(id: string): number | null {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/.test(id) ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null
}
