export interface JsonError {
  /** Place in the text, from 0. */
  readonly at: number
  readonly why: string
}

const space = /[ \t\n\r]*/y
const word =
  /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y

type Wanted = 'value' | 'value or ]' | 'name or }' | 'name' | ':' | ', or }' | ', or ]' | 'nothing'

/** The first place where a text is not JSON; null where it is. JSON.parse does not always say. */
export function findJsonError(text: string): JsonError | null {
  const open: ('{' | '[')[] = []
  let wanted: Wanted = 'value'
  const afterValue = (): Wanted => (open.length === 0 ? 'nothing' : open.at(-1) === '{' ? ', or }' : ', or ]')
  let at = 0
  for (;;) {
    space.lastIndex = at
    space.test(text)
    at = Math.max(at, space.lastIndex)
    if (at >= text.length)
      return wanted === 'nothing' ? null : { at: text.length, why: `it ends where ${wordsFor(wanted)} should follow` }
    word.lastIndex = at
    const found: string | undefined = word.exec(text)?.[0]
    const next: Step | null = found === undefined ? null : step(found, wanted)
    if (found === undefined && isOpenText(text, at)) return { at: text.length, why: 'it ends inside a text' }
    if (found === undefined || next === null)
      return { at, why: `${JSON.stringify(text.slice(at, at + 20))} stands where ${wordsFor(wanted)} should` }
    if (next === 'opened') {
      open.push(found as '{' | '[')
      wanted = found === '{' ? 'name or }' : 'value or ]'
    } else if (next === 'closed') {
      open.pop()
      wanted = afterValue()
    } else wanted = next === 'valued' ? afterValue() : next
    at += found.length
  }
}

const openText = /"[^"\\]*(?:\\[^][^"\\]*)*\\?$/y

function isOpenText(text: string, at: number): boolean {
  openText.lastIndex = at
  return openText.test(text)
}

type Step = Wanted | 'opened' | 'closed' | 'valued'

function step(found: string, wanted: Wanted): Step | null {
  switch (wanted) {
    case 'value':
    case 'value or ]':
      if (found === ']' && wanted === 'value or ]') return 'closed'
      if (found === '{' || found === '[') return 'opened'
      return /^[}\],:]$/.test(found) ? null : 'valued'
    case 'name or }':
      return found === '}' ? 'closed' : found.startsWith('"') ? ':' : null
    case 'name':
      return found.startsWith('"') ? ':' : null
    case ':':
      return found === ':' ? 'value' : null
    case ', or }':
      return found === '}' ? 'closed' : found === ',' ? 'name' : null
    case ', or ]':
      return found === ']' ? 'closed' : found === ',' ? 'value' : null
    case 'nothing':
      return null
  }
}

function wordsFor(wanted: Wanted): string {
  return wanted === 'nothing'
    ? 'nothing more'
    : wanted.includes('value') || wanted.includes('name')
      ? `a ${wanted}`
      : wanted
}
