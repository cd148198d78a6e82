import type { RawTable } from '../records/generation.ts'
import { attribute } from '../records/spelling.ts'

/** The name of a log record, as `model/log-name.ts` has it. */
export function logNameOf(logs: RawTable): string {
  const field = logs.columns.has('EventName') ? 'EventName' : "''"
  const words = `arrayFilter(w -> w != '', [${field}, ${attribute(logs, 'LogAttributes', 'event.name')}, substringUTF8(Body, 1, 120)])`
  const names = String.raw`arrayFilter(w -> NOT match(w, '(?-s)^event .+:[0-9]+$'), ${words})`
  const event = String.raw`arrayFirst(w -> match(w, '^codex\\.\\S+$'), ${names})`
  return `coalesce(nullIf(${event}, ''), nullIf(${names}[1], ''), ${words}[1])`
}
