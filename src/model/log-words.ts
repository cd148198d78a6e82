import { text, type Attributes } from './attributes.ts'
import { summaryOfEvent } from './codex/events/index.ts'

const longest = 300
const mostAttributes = 6
const longestValue = 80

/** Who sent a record, when and in which order: lists have columns for it, or nobody looks for it there. */
const isBeside = (key: string): boolean =>
  /(?:^|[._])(?:id|timestamp|sequence|seq)$|^event\.name$|^terminal\.type$/.test(key)

/**
 * What a log record says, in one line: Codex's by what its event means, others' in their own words; where these only repeat the event's name, as
 * Claude Code's do, by their first attributes.
 */
export function wordsOfLog(event: string, attributes: Attributes, body: string): string {
  const own = body === event || body.endsWith(`.${event}`) ? '' : body
  return (summaryOfEvent(event, attributes) || own || listed(event, attributes)).slice(0, longest)
}

function listed(event: string, attributes: Attributes): string {
  // Of Codex an event without a summary has none to give.
  if (event.startsWith('codex.')) return ''
  return Object.keys(attributes)
    .filter((key) => !isBeside(key))
    .flatMap((key) => {
      const value = text(attributes, key)
      return value === null ? [] : [`${key} ${value.slice(0, longestValue)}`]
    })
    .slice(0, mostAttributes)
    .join(' · ')
}
