import { contentOf, contentOfEvent } from '../genai/content.ts'
import type { Json, JsonObject } from './record-json.ts'
import { contentRedactor } from './redact-content.ts'
import { emailMark, hostMark, textRedactor } from './redact-text.ts'
import type { RedactionKind, Tally } from './redaction.ts'

/** Codex calls its main agent /root: that is no path. */
const pathless = new Set(['agent_name', 'agent.path'])

/** Members that hold ids, times and numbers, never words. */
const wordless = /^(?:key|bytesValue|intValue|.*Id|.*UnixNano)$/

/** Attributes that say whose a record is, by the end of their name: `user.email`, `ai.telemetry.metadata.userId`, `enduser.id`. */
const person =
  /(?:^|[._-])(?:(?:end)?user(?:name)?|e?mail|owner)$|(?:user|account|customer)[._-]?(?:id|name|alias|e?mail)$|(?:^|[._-])host[._-]?(?:name|id)$/i

/** The attributes that are an e-mail address by their name: `user.email`, `metadata.user_api_key_user_email`. */
export function isEmailKey(key: string): boolean {
  return /e?mail$/i.test(key) && person.test(key)
}

/** Takes what the kinds name out of records. */
export function recordRedactor(
  kinds: ReadonlySet<RedactionKind>,
  folders: readonly string[],
  tally: Tally,
): (record: JsonObject) => JsonObject {
  const redactText = textRedactor(kinds, folders, tally)
  const redactContent = contentRedactor(kinds, (kind, before, after) => tally.note(kind, before, after))

  function walk(value: Json, skipsPaths: boolean): Json {
    if (Array.isArray(value)) return value.map((item) => walk(item, skipsPaths))
    if (typeof value !== 'object' || value === null) return value
    if (typeof value['key'] === 'string' && 'value' in value) return attribute(value, value['key'])
    const result: JsonObject = {}
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== 'string') result[name] = walk(member, skipsPaths)
      else result[name] = wordless.test(name) ? member : redactText(member, skipsPaths)
    }
    return result
  }

  function attribute(pair: JsonObject, key: string): JsonObject {
    const value = pair['value'] ?? null
    if (kinds.has('email') && person.test(key)) {
      const before = textIn(value)
      if (before === '') return pair
      const after = /host[._-]?(?:name|id)$/i.test(key) ? hostMark : emailMark
      if (before !== after) tally.note('email', before, after)
      return { ...pair, value: { stringValue: after } }
    }
    return { ...pair, value: walk(redactContent(value, contentOf(key)), pathless.has(key)) }
  }

  return (record) => {
    const body = record['body']
    if (body === undefined) return walk(record, false) as JsonObject
    return walk({ ...record, body: redactContent(body, contentOfEvent(eventNameOf(record))) }, false) as JsonObject
  }
}

function eventNameOf(log: JsonObject): string {
  if (typeof log['eventName'] === 'string' && log['eventName'] !== '') return log['eventName']
  const attributes = Array.isArray(log['attributes']) ? log['attributes'] : []
  for (const pair of attributes)
    if (typeof pair === 'object' && pair !== null && !Array.isArray(pair) && pair['key'] === 'event.name')
      return textIn(pair['value'] ?? null)
  return ''
}

/** The words of a text; of another value its JSON, of none nothing. */
function textIn(value: Json): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  if (typeof value['stringValue'] === 'string') return value['stringValue']
  return Object.keys(value).length === 0 ? '' : JSON.stringify(value)
}
