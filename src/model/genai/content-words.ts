import type { RedactionKind } from '../exchange/redaction.ts'

export type ContentRedaction = Extract<RedactionKind, 'prompts' | 'arguments' | 'output'>

/**
 * What an attribute holds by its name, also of producers that nobody knows: names are families, built of the same few words
 * (`gen_ai.input.messages`, `llm.openai.messages`, `pydantic_ai.all_messages`, `llm.input_messages.0.message.content`). The last word
 * that speaks of content decides; a word behind it that measures or identifies says that this is none (`prompt.id`, `content_type`).
 */
const specific: ReadonlyMap<string, ContentRedaction> = new Map([
  ...(
    'prompt prompts instruction instructions question questions input inputs request document documents transcript transcription ' +
    'utterance history ctx variables template goal backstory'
  )
    .split(' ')
    .map((word) => [word, 'prompts'] as const),
  ...'argument arguments args command commands cmd cmdline patch diff query queries statement'
    .split(' ')
    .map((word) => [word, 'arguments'] as const),
  ...(
    'completion completions output outputs response responses answer answers reply replies result results choices generation ' +
    'generations rationale reasoning thinking thought thoughts observation stdout stderr'
  )
    .split(' ')
    .map((word) => [word, 'output'] as const),
])

/** Content of whatever the words before them name, and prompts where they name nothing. */
const generic = new Set('message messages msg content contents text texts'.split(' '))

/** Content only where the name ends with them: elsewhere they are part of other words. */
const endings: ReadonlyMap<string, ContentRedaction> = new Map([
  ['chunk', 'prompts'],
  ['chunks', 'prompts'],
  ['title', 'prompts'],
  ['choice', 'output'],
  ['summary', 'output'],
])

/** A name that has one of these anywhere is a figure. */
const figures = new Set('token tokens usage cost costs price latency tokenizer prewarm'.split(' '))

/** A name that ends with one of these says something about the content, and is none. */
const measures = new Set(
  (
    'id ids uuid count counts length len size bytes chars characters lines type types mime mimetype name names role roles index idx ' +
    'ms ns us sec secs seconds millis duration time times timestamp at ts date version hash sha sha256 digest fingerprint checksum ' +
    'format encoding status state code truncated enabled disabled allowed closed changed received model models provider vendor ' +
    'reason reasons effort sequence seq number num total limit max min avg rate ratio percent score temperature tier language lang ' +
    'locale kind category source origin mode level stage phase schema tag tags label labels header headers metadata host port ' +
    'url uri script key modality modalities dimension dimensions'
  ).split(' '),
)

const none: readonly ContentRedaction[] = []
const tools = new Set(['tool', 'tools', 'function', 'functions', 'mcp'])
const failures = new Set(['error', 'exception', 'status', 'warning', 'failure', 'commit'])
const wholes = new Set([
  'body',
  'data',
  'payload',
  'json',
  'raw',
  'object',
  'parts',
  'text',
  'content',
  'contents',
  'messages',
])
const models = new Set(['ai', 'llm', 'model', 'chat', 'agent', 'genai'])

/** The kinds of content that the words of a name tell; null where they say that it is a figure, an id or a setting. */
export function contentByWords(name: string): readonly ContentRedaction[] | null {
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  return measures.has(last) || words.some((word) => figures.has(word)) ? null : classify(words)
}

/** `llm.inputMessages.0.message_content` in its words, without numbers. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
}

function classify(words: readonly string[]): readonly ContentRedaction[] {
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  const place = words.findLastIndex((word) => specific.has(word) || generic.has(word))
  const hasTool = words.slice(0, place === -1 ? undefined : place).some((word) => tools.has(word))
  if (hasTool || tools.has(before)) {
    if (/^(?:calls?|parameters|params)$/.test(last)) return ['arguments']
    if (last === 'definitions') return ['prompts']
    // Whether a tool must be called is a setting.
    if (last === 'choice') return none
  }
  if (last === 'summary' && before === 'reasoning') return none
  if (/^values?$/.test(last) && words.length === 2 && before === 'ai') return ['prompts']
  if (last === 'description' && before === 'task') return ['prompts']
  if (/^contexts?$/.test(last) && /^(?:rag|retrieval|retrieved)$/.test(before)) return ['prompts']
  const ending = endings.get(last)
  if (ending !== undefined) return [ending]
  if (place === -1) return none
  if (generic.has(last) && words.some((word) => failures.has(word))) return none
  return ofPlace(words, place, hasTool)
}

function ofPlace(words: readonly string[], place: number, hasTool: boolean): readonly ContentRedaction[] {
  const named = words.slice(0, place + 1).findLast((word) => specific.has(word) && isContent(word, words))
  if (named === undefined) return !generic.has(words[place] ?? '') ? none : [hasTool ? 'output' : 'prompts']
  const kind = specific.get(named) ?? 'prompts'
  // The program's name is none; what it was started with may hold a prompt.
  if (words[0] === 'process') return words.length === 2 ? none : ['arguments', 'prompts']
  return [hasTool && kind === 'prompts' && /^(?:inputs?|variables)$/.test(named) ? 'arguments' : kind]
}

/** `request` is part of many names: it is content where its text follows, or where it is a model's. */
function isContent(word: string, words: readonly string[]): boolean {
  if (word !== 'request') return true
  const last = words.at(-1) ?? ''
  return last === word ? words.some((other) => models.has(other)) : wholes.has(last)
}
