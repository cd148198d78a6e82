import { Lexer, type Token } from 'marked'

/** Longer texts, and those that nest deeper than anybody reads, are shown as they are written. */
const longest = 40_000

/**
 * The lexer looks through what is left of a paragraph at each of its marks, so a paragraph costs its marks times its characters: 40,000
 * characters of `**a#` held the page for 18 s.
 */
const mostSteps = 8_000_000
const marks = /[*_~`[\]<>!&@\\:]/g

/** A paragraph that would cost a text too much is shown as it is written, the others as ever. */
class BoundedLexer extends Lexer {
  #steps = 0

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    const steps = (src.match(marks)?.length ?? 0) * src.length
    if (this.#steps + steps > mostSteps) {
      tokens.push({ type: 'text', raw: src, text: src, escaped: false })
      return tokens
    }
    this.#steps += steps
    return super.inlineTokens(src, tokens)
  }
}

/** What a text says as Markdown; null where it is too long or too deep for that. */
export function parseMarkdown(text: string): readonly Token[] | null {
  if (text.length > longest) return null
  try {
    return new BoundedLexer().lex(text)
  } catch {
    // Thousands of nested quotes are more than the stack holds.
    return null
  }
}

/** Addresses that a link may lead to; what scripts, files and programs are called by is text. */
export function addressOf(href: string): string | null {
  if (!URL.canParse(href)) return null
  const { protocol, username, password } = new URL(href)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' ? href : null
}
