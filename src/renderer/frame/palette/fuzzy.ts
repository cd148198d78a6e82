/** Where the letters of a query stand in a text, and how good a match that is; higher is better. */
export interface Match {
  readonly score: number
  readonly at: readonly number[]
}

const wordStart = 8
const nextLetter = 6
const whole = 40

/**
 * The letters of the query in the text, in their order, case and spaces ignored; null where one is missing. Letters that follow
 * each other and letters that begin a word count for more, so that `cosess` finds "Compare sessions" before "Close this session".
 */
export function fuzzy(query: string, text: string): Match | null {
  const letters = [...query.toLowerCase().replace(/\s+/g, '')]
  if (letters.length === 0) return { score: 0, at: [] }
  const lower = text.toLowerCase()
  const found = lower.indexOf(query.trim().toLowerCase())
  if (found >= 0) {
    const at = Array.from({ length: query.trim().length }, (_, index) => found + index)
    return { score: whole + scoreOf(at, lower), at }
  }
  let best: Match | null = null
  for (let start = lower.indexOf(letters[0] ?? ''); start >= 0; start = lower.indexOf(letters[0] ?? '', start + 1)) {
    const at = follow(letters, lower, start)
    if (at === null) break
    const score = scoreOf(at, lower)
    if (best === null || score > best.score) best = { score, at }
  }
  return best
}

/** Each letter at its next place, or at the next beginning of a word where there is one. */
function follow(letters: readonly string[], text: string, start: number): number[] | null {
  const at = [start]
  for (const letter of letters.slice(1)) {
    const from = (at.at(-1) ?? 0) + 1
    const next = text.indexOf(letter, from)
    if (next < 0) return null
    const atWord = next === from ? -1 : nextWordStart(text, letter, from)
    at.push(atWord >= 0 && follows(letters.slice(at.length + 1), text, atWord + 1) ? atWord : next)
  }
  return at
}

function follows(letters: readonly string[], text: string, from: number): boolean {
  let place = from
  return letters.every((letter) => {
    const next = text.indexOf(letter, place)
    place = next + 1
    return next >= 0
  })
}

function nextWordStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1))
    if (startsWord(text, at)) return at
  return -1
}

const startsWord = (text: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

function scoreOf(at: readonly number[], text: string): number {
  let score = at.length - (at[0] ?? 0) * 0.1 - text.length * 0.02
  at.forEach((place, index) => {
    if (startsWord(text, place)) score += wordStart
    if (index > 0 && place === (at[index - 1] ?? 0) + 1) score += nextLetter
  })
  return score
}

/** A text in pieces that match and pieces that do not. */
export function pieces(text: string, at: ReadonlySet<number>): { readonly text: string; readonly found: boolean }[] {
  const cut: { text: string; found: boolean }[] = []
  for (let index = 0; index < text.length; index++) {
    const last = cut.at(-1)
    if (last?.found === at.has(index)) last.text += text[index]
    else cut.push({ text: text[index] ?? '', found: at.has(index) })
  }
  return cut
}
