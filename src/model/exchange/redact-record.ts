import { emailMark, hostMark, textRedactor } from './redact-text.ts'
import { redactedText, type RedactionKind, type Tally } from './redaction.ts'

/** A record, resource or scope in OTLP/JSON form. */
export type Json = null | string | number | boolean | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

/** Attributes that are one kind as a whole: those of Codex's events, and those of the GenAI semantic conventions. */
export const kindOfKey: Readonly<Record<string, RedactionKind>> = {
  prompt: 'prompts',
  content: 'prompts',
  'gen_ai.input.messages': 'prompts',
  'gen_ai.system_instructions': 'prompts',
  'gen_ai.prompt': 'prompts',
  arguments: 'arguments',
  'gen_ai.tool.call.arguments': 'arguments',
  output: 'output',
  response: 'output',
  rationale: 'output',
  'gen_ai.output.messages': 'output',
  'gen_ai.completion': 'output',
  'gen_ai.tool.call.result': 'output',
  'user.email': 'email',
  'user.account_id': 'email',
  'user.id': 'email',
  'enduser.id': 'email',
  'host.name': 'email',
}

/** Codex calls its main agent /root: that is no path. */
const pathless = new Set(['agent_name', 'agent.path'])

/** Members that hold ids, times and numbers, never words. */
const wordless = /^(?:key|bytesValue|intValue|.*Id|.*UnixNano)$/

/**
 * Takes what the kinds name out of records. Words of Codex's own that tell what a record is stay: the opening of the
 * prompts that it writes itself, and the line with a command's exit code.
 */
export function recordRedactor(
  kinds: ReadonlySet<RedactionKind>,
  folders: readonly string[],
  tally: Tally,
): (record: JsonObject) => JsonObject {
  const redactText = textRedactor(kinds, folders, tally)

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
    const kind = Object.hasOwn(kindOfKey, key) ? kindOfKey[key] : undefined
    const value = pair['value'] ?? null
    if (kind === undefined || !kinds.has(kind) || isEmpty(value))
      return { ...pair, value: walk(value, pathless.has(key)) }
    const before = wordsOf(value)
    const after = key === 'host.name' ? hostMark : replacement(kind, before)
    if (before === after) return pair
    tally.note(kind, before, after)
    return { ...pair, value: { stringValue: after } }
  }

  return (record) => walk(record, false) as JsonObject
}

function isEmpty(value: Json): boolean {
  return wordsOf(value) === ''
}

function wordsOf(value: Json): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  return typeof value['stringValue'] === 'string'
    ? value['stringValue']
    : Object.keys(value).length === 0
      ? ''
      : JSON.stringify(value)
}

const ownPrompts = ['Generate a concise, single-line task title', '>>> APPROVAL REQUEST START']
const exitLine = /^Process exited with code -?\d{1,10}$/m

/** What stands in the place of a value that is left out. */
export function replacement(kind: RedactionKind, before: string): string {
  if (kind === 'email') return emailMark
  const kept =
    kind === 'prompts'
      ? ownPrompts.find((words) => before.startsWith(words) || (words.startsWith('>') && before.includes(words)))
      : kind === 'output'
        ? exitLine.exec(before.slice(0, 2000))?.[0]
        : undefined
  return kept === undefined ? redactedText : `${kept}\n${redactedText}`
}
