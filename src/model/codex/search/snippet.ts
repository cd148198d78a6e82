import type { Wanted } from './terms.ts'

/** A line around the first of the words, and where they stand in it: pairs of begin and end, in UTF-16 units. */
export interface Snippet {
  readonly text: string
  readonly marks: [number, number][]
}

const before = 60
const longest = 240

/** null where an entry with these texts does not hold what is wanted as it is written. */
export function snippetOf(texts: readonly string[], { literals, shown }: Wanted): Snippet | null {
  const lowered = texts.map((text) => text.toLowerCase())
  const holds = (words: string): boolean => lowered.some((text) => text.includes(words))
  const isThere = shown.every((words) => holds(words) || texts.some((text) => plain(text).includes(plain(words))))
  if (!isThere || !literals.every(holds)) return null
  const wanted = [...literals, ...shown]
  const at = lowered.findIndex((text) => wanted.some((words) => text.includes(words)))
  // Found without its accents: it is told without a mark.
  const text = texts[Math.max(0, at)] ?? ''
  const first = wanted.reduce((least, words) => {
    const found = lowered[Math.max(0, at)]?.indexOf(words) ?? -1
    return found >= 0 && found < least ? found : least
  }, Infinity)
  return marked(lineAround(text, first === Infinity ? 0 : first), wanted)
}

/** As the index has it: in small letters, without accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function lineAround(text: string, at: number): string {
  const from = Math.max(0, at - before)
  const piece = text
    .slice(from, from + longest)
    .replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return `${from > 0 ? '… ' : ''}${piece}${from + longest < text.length ? ' …' : ''}`
}

function marked(text: string, wanted: readonly string[]): Snippet {
  const lowered = text.toLowerCase()
  // Letters that grow when they are made small would put marks beside their words.
  if (lowered.length !== text.length) return { text, marks: [] }
  const found: [number, number][] = []
  for (const words of new Set(wanted))
    for (let at = lowered.indexOf(words); at >= 0; at = lowered.indexOf(words, at + words.length))
      found.push([at, at + words.length])
  found.sort(([a], [b]) => a - b)
  const marks: [number, number][] = []
  for (const [from, to] of found) {
    const last = marks.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else marks.push([from, to])
  }
  return { text, marks }
}
