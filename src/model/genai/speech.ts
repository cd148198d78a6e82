import type { Attributes, AttributeValue } from '../attributes.ts'
import { isLeftOut } from '../exchange/redaction.ts'
import { contentOf, contentOfEvent, isGeneric } from './content.ts'
import type { ContentRedaction } from './content-words.ts'

/** A span, an event within one, or a log. */
export interface Speech {
  /** Of an event or a log; '' of a span. */
  readonly event: string
  readonly attributes: Attributes
  readonly body: AttributeValue
}

export type Speaker = 'call' | 'agent' | 'tool' | 'prompt'

type Kind = ContentRedaction | 'system'

export interface Piece {
  readonly kind: Kind
  /** Pieces of one family are one text: `llm.input_messages.0.message.content`, `llm.input_messages.1.message.content`. */
  readonly family: string
  /** The numbers in its name. */
  readonly place: readonly number[]
  readonly role: string | null
  readonly words: string
}

/** What a model may use goes with a prompt, is often longer, and is not what was asked. */
const offered = /(?:definitions|tools|request_parameters|json_schema|description)$|embedding\.vector$/
const indexed = /^(.*?)\.(\d+)(?:\.|$)/

export function piecesOfAttributes({ event, attributes, body }: Speech, of: Speaker): Piece[] {
  const whole = kindOfEvent(event) === null && isMap(body) ? { ...attributes, ...body } : attributes
  return Object.entries(whole).flatMap(([name, value]): Piece[] => {
    const kind = kindOf(name, event, of)
    const words = kind === null ? '' : wordsOf(value)
    if (kind === null || words === '') return []
    const [, family = name, first] = indexed.exec(name) ?? []
    const place = (name.match(/(?<=\.)\d+(?=\.|$)/g) ?? []).map(Number)
    return [{ kind, family, place, role: first === undefined ? null : roleIn(whole, `${family}.${first}`), words }]
  })
}

/** Of other events a body that is a text only says in words what happened. */
export function piecesOfBody({ event, body }: Speech, at: number): Piece[] {
  const kind = isMap(body) || event.startsWith('gen_ai.') ? kindOfEvent(event) : null
  const words = kind === null ? '' : wordsOf(isMap(body) ? onlyWords(body) : body)
  if (kind === null || words === '') return []
  const role = isMap(body) && typeof body['role'] === 'string' ? body['role'] : roleOfEvent(event)
  return [{ kind, family: 'body', place: [at], role: kind === 'prompts' ? role : null, words }]
}

function kindOf(name: string, event: string, of: Speaker): Kind | null {
  const own = isGeneric(name.split('.').at(-1) ?? '') ? kindOfEvent(event) : null
  const kind = own ?? contentOf(name).is[0] ?? null
  if (kind === 'prompts') return offered.test(name) ? null : /system/.test(name) ? 'system' : kind
  // What a request repeats of tools that were called before is part of what is asked.
  return kind === 'arguments' && of === 'call' && /prompt|input|request/.test(name) ? 'prompts' : kind
}

/** Of an event that is a message or holds one. A message that goes with a request, whoever wrote it, is part of the prompt. */
function kindOfEvent(event: string): ContentRedaction | null {
  if (/[._]message$/.test(event)) return 'prompts'
  return contentOfEvent(event).is[0] ?? (/response_body$/.test(event) ? 'output' : null)
}

function roleOfEvent(event: string): string | null {
  return /(?<![a-z])([a-z]+)[._]message$/.exec(event)?.[1] ?? null
}

function roleIn(attributes: Attributes, message: string): string | null {
  const name = Object.keys(attributes).find((key) => key.startsWith(`${message}.`) && /[._]role$/.test(key))
  const role = name === undefined ? null : attributes[name]
  return typeof role === 'string' ? role : null
}

/** A message without its role is its text. */
function onlyWords(message: Attributes): AttributeValue {
  const { role, ...rest } = message
  const [only, ...more] = Object.values(rest)
  return more.length === 0 && only !== undefined ? only : { ...rest, ...(role === undefined ? {} : { role }) }
}

/** A text as it is, a list or a map as JSON; a number is a figure and says nothing. */
function wordsOf(value: AttributeValue): string {
  if (typeof value === 'string') return isLeftOut(value) ? '' : value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : ''
}

function isMap(value: AttributeValue): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
