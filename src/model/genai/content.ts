import type { ContentKind } from './producers/content.ts'
import { contentKinds } from './producers/index.ts'
import { contentByWords, type ContentRedaction } from './content-words.ts'

/** What goes with which switch: answers and what tools gave are both output. */
const redactions: Readonly<Record<ContentKind, ContentRedaction>> = {
  prompt: 'prompts',
  answer: 'output',
  arguments: 'arguments',
  result: 'output',
}

export interface Content {
  /** What a value of this name is: it goes whole. */
  readonly is: readonly ContentRedaction[]
  /** What may be told inside of it as well: an answer calls tools, a request repeats answers. */
  readonly mayHold: readonly ContentRedaction[]
}

export const noContent: Content = { is: [], mayHold: [] }
const classified = new Map<string, Content>()
/** Names come from senders: what is remembered of them is bounded. */
const mostNames = 4096
const longestName = 512

/** What an attribute, or a member of a value, of this name holds: by the families of the known producers and by its words. */
export function contentOf(name: string): Content {
  const known = classified.get(name)
  if (known !== undefined) return known
  const content = classify(name.slice(0, longestName))
  if (classified.size >= mostNames) classified.clear()
  classified.set(name, content)
  return content
}

function classify(name: string): Content {
  const words = contentByWords(name)
  if (words === null) return noContent
  const declared = contentKinds(name).map((kind) => redactions[kind])
  return { is: words.length > 0 ? words : declared.slice(0, 1), mayHold: declared }
}

/** Names whose kind depends on whose words they are: a message's `content` is a prompt, an answer or a tool's result. */
export function isGeneric(name: string): boolean {
  return /^(?:content|contents|text|texts|message|messages|msg|parts?|values?|data|kwargs|body|payload)$/.test(name)
}

/** Whose words an object holds, by its `role` or `type`; null where it does not say. */
export function kindOfSpeaker(speaker: string): ContentRedaction | null {
  const word = speaker
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(?:message)?(?:chunk)?$/, '')
  if (/^(?:user|human|system|developer)$/.test(word)) return 'prompts'
  if (
    /^(?:assistant|model|ai|tool|function|toolresult|toolcallresponse|functioncalloutput|functionresponse|reasoning)$/.test(
      word,
    )
  )
    return 'output'
  return /^(?:toolcall|tooluse|functioncall)$/.test(word) ? 'arguments' : null
}

/** What the body of a log holds by the log's name (`gen_ai.user.message`, `gen_ai.choice`). */
export function contentOfEvent(name: string): Content {
  if (!/(?:message|messages|choice|content|prompt|completion|input|output|answer)$/.test(name)) return noContent
  const speaker = /(?<![a-z])([a-z]+)[._]messages?$/.exec(name)?.[1]
  const kind = speaker === undefined ? null : kindOfSpeaker(speaker)
  return kind === null ? contentOf(name) : { is: [kind], mayHold: [kind] }
}
