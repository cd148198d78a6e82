import type { ContentRedaction } from '../genai/content-words.ts'
import { contentOf, isGeneric, kindOfSpeaker, noContent, type Content } from '../genai/content.ts'
import type { Json, JsonObject } from './record-json.ts'
import { replacement } from './replacement.ts'
import type { RedactionKind } from './redaction.ts'

/** Hears of each text that was left out. */
type Note = (kind: ContentRedaction, before: string, after: string) => void

/**
 * Leaves the kinds of content out of an OTLP value, by the name of its attribute and the names within: of an answer that holds the call of a
 * tool only the call's arguments go, where only these are to go. What cannot be taken apart (a cut text, the print of an object) goes whole.
 * A value that holds nothing of it is returned itself. `held` is what the value's own name says.
 */
export type ContentRedactor = (value: Json, held: Content) => Json

export function contentRedactor(kinds: ReadonlySet<RedactionKind>, note: Note): ContentRedactor {
  return (value, held) => new Walk(kinds, note, otlp).value(value, held, 0)
}

/** Deeper than this a value goes whole: nobody reads it, and no stack must end on it. */
const deepest = 64

class Walk {
  readonly #kinds: ReadonlySet<RedactionKind>
  readonly #note: Note
  readonly #form: Form

  constructor(kinds: ReadonlySet<RedactionKind>, note: Note, form: Form) {
    this.#kinds = kinds
    this.#note = note
    this.#form = form
  }

  value(value: Json, held: Content, depth: number): Json {
    const kind = held.is.find((each) => this.#kinds.has(each))
    if (kind !== undefined) return this.#leftOut(value, kind)
    const form = this.#form
    const text = form.text(value)
    if (text !== null) {
      const after = this.#text(text, held, depth)
      return after === text ? value : form.ofText(after)
    }
    const members = form.members(value)
    if (members !== null) {
      const after = this.#members(members, held, depth)
      return after === members ? value : form.ofMembers(after)
    }
    const items = form.items(value)
    if (items === null) return value
    if (depth > deepest) return form.ofText(replacement('prompts', ''))
    const after = items.map((item) => this.value(item, held, depth + 1))
    return after.every((item, i) => item === items[i]) ? value : form.ofItems(after)
  }

  #leftOut(value: Json, kind: ContentRedaction): Json {
    const before = this.#form.words(value)
    if (before === '') return value
    const after = replacement(kind, before)
    if (before === after) return value
    this.#note(kind, before, after)
    return this.#form.ofText(after)
  }

  #members(members: readonly Member[], held: Content, depth: number): readonly Member[] {
    const speaker = this.#speakerOf(members)
    const fails = isFailure(members.map(([name]) => name))
    let changed = false
    const after = members.map((member): Member => {
      const [name, value] = member
      const own = fails && name === 'message' ? noContent : contentOf(name)
      const spoken = speaker !== null && speaker !== 'arguments' ? only(speaker) : held.is.length > 0 ? held : own
      const kinds =
        speaker === 'arguments' && /^(?:input|arguments?|args|parameters)$/.test(name)
          ? only('arguments')
          : isGeneric(name)
            ? spoken
            : own
      // What is inside what holds content may be more of it; a role, an id or a number is none.
      const result = this.value(value, kinds, depth + 1)
      changed ||= result !== value
      return result === value ? member : [name, result]
    })
    return changed ? after : members
  }

  #speakerOf(members: readonly Member[]): ContentRedaction | null {
    for (const key of ['role', 'type'])
      for (const [name, value] of members) {
        const word = name === key ? this.#form.text(value) : null
        const kind = word === null ? null : kindOfSpeaker(word)
        if (kind !== null) return kind
      }
    return null
  }

  #text(text: string, held: Content, depth: number): string {
    if (!looksStructured(text)) return text
    const parsed = depth > deepest ? undefined : parse(text)
    if (parsed !== undefined) {
      const after = new Walk(this.#kinds, this.#note, plain).value(parsed, held, depth + 1)
      return after === parsed ? text : JSON.stringify(after)
    }
    const kind = this.#printed(text, held)
    if (kind === undefined) return text
    const after = replacement(kind, text)
    this.#note(kind, text, after)
    return after
  }

  /** What goes of a text that prints an object: what its own name says that it may hold, and what the names in it say. */
  #printed(text: string, held: Content): ContentRedaction | undefined {
    const names = [...text.matchAll(printedName)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    const inside = names.flatMap((name) => (name === 'message' && isFailure(names) ? [] : contentOf(name).is))
    return [...(names.length > 0 ? held.mayHold : []), ...inside].find((each) => this.#kinds.has(each))
  }
}

/** The name of a member as JSON, Python and JavaScript print one, or an object's constructor. Bounded, so that no text makes it slow. */
const printedName = /["'`]([\w.-]{1,160})\\?["'`]\s{0,8}:|\b(\w{1,160})=\\?["'`[{]/g

function only(kind: ContentRedaction): Content {
  return { is: [kind], mayHold: [kind] }
}

/** The message of an error is what happened, not what somebody said. */
function isFailure(names: readonly string[]): boolean {
  return names.some((name) => /^(?:error|code|status|errno|stack)$/.test(name))
}

function looksStructured(text: string): boolean {
  return /[:=]/.test(text) && /["'`]/.test(text)
}

/** An object or a list that the text is; undefined where it is none. */
function parse(text: string): Json | undefined {
  if (!/^\s*["[{]/.test(text)) return undefined
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' || typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

type Member = readonly [name: string, value: Json]

/** How a value is written: as JSON itself, or as an OTLP value. */
interface Form {
  text(value: Json): string | null
  items(value: Json): readonly Json[] | null
  members(value: Json): readonly Member[] | null
  /** All of it as text; empty where there is nothing to hide, as in a number. */
  words(value: Json): string
  ofText(text: string): Json
  ofItems(items: readonly Json[]): Json
  ofMembers(members: readonly Member[]): Json
}

const plain: Form = {
  text: (value) => (typeof value === 'string' ? value : null),
  items: (value) => (Array.isArray(value) ? value : null),
  members: (value) => (isObject(value) ? Object.entries(value) : null),
  words: (value) => {
    if (typeof value === 'string') return value
    if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify(value)
    return isObject(value) && Object.keys(value).length > 0 ? JSON.stringify(value) : ''
  },
  ofText: (text) => text,
  ofItems: (items) => [...items],
  ofMembers: (members) => Object.fromEntries(members),
}

const otlp: Form = {
  text: (value) => (isObject(value) && typeof value['stringValue'] === 'string' ? value['stringValue'] : null),
  items: (value) => listIn(value, 'arrayValue'),
  members: (value) =>
    listIn(value, 'kvlistValue')?.flatMap((pair): Member[] =>
      isObject(pair) && typeof pair['key'] === 'string' ? [[pair['key'], pair['value'] ?? null]] : [],
    ) ?? null,
  words: (value) => {
    if (!isObject(value)) return ''
    if (typeof value['stringValue'] === 'string') return value['stringValue']
    return 'bytesValue' in value || 'arrayValue' in value || 'kvlistValue' in value ? JSON.stringify(value) : ''
  },
  ofText: (text) => ({ stringValue: text }),
  ofItems: (items) => ({ arrayValue: { values: [...items] } }),
  ofMembers: (members) => ({ kvlistValue: { values: members.map(([key, value]) => ({ key, value })) } }),
}

function listIn(value: Json, name: string): readonly Json[] | null {
  const list = isObject(value) ? (value[name] ?? null) : null
  const values = isObject(list) ? list['values'] : null
  return Array.isArray(values) ? values : null
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
