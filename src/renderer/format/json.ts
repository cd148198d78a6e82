export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'mark'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

/** Above this, a text is shown without colours: tens of thousands of elements would stall the page. */
export const colourLimit = 60_000

/** Indented JSON where the text is JSON (an object or a list), and the text itself where it is not. */
export function pretty(text: string): { readonly text: string; readonly json: boolean } {
  if (!/^\s*[[{]/.test(text)) return { text, json: false }
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), json: true }
  } catch {
    return { text, json: false }
  }
}

/** A text that is not closed is one to the end: to try anew at each of its quotes would take the square of its length. */
const pattern = /("(?:[^"\\]|\\[^])*(?:"|\\?$))(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g

/** Cuts JSON text into coloured pieces. All pieces together are the text again. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push({ kind: 'mark', text: text.slice(end, match.index) })
    const [whole, quoted, colon, number] = match
    if (quoted !== undefined) {
      found.push({ kind: colon === undefined ? 'string' : 'key', text: quoted })
      if (colon !== undefined) found.push({ kind: 'mark', text: colon })
    } else found.push({ kind: number === undefined ? 'word' : 'number', text: whole })
    end = match.index + whole.length
  }
  if (end < text.length) found.push({ kind: 'mark', text: text.slice(end) })
  return found
}
