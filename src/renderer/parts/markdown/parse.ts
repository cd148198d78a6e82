import { lexer, type Token } from 'marked'

/** Longer texts, and those that nest deeper than anybody reads, are shown as they are written. */
const longest = 40_000

/** What a text says as Markdown; null where it is too long or too deep for that. */
export function parseMarkdown(text: string): readonly Token[] | null {
  if (text.length > longest) return null
  try {
    return lexer(text)
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
