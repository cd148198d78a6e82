/**
 * The index of words keeps no text: a text goes in as it is, and what FTS5's own tokenizer (unicode61) makes of it stays. What it has no
 * notion of is prepared here, for texts and for what somebody looks for alike.
 */

/** Written without spaces: each character is a word, so that a part of a sentence is found. */
const written = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u
const eachWritten = new RegExp(written.source, 'gu')
/** Keys, hashes of files and images as text: nobody looks for them by their beginning, and they would be most of an index. */
const noWord = /[A-Za-z0-9+/_=-]{65,}/g
/** The tokenizer takes private characters for letters; the index's own marks are made of them. */
const privateUse = /\p{Co}/gu

export function indexable(text: string): string {
  const words = text.replace(noWord, ' ').replace(privateUse, ' ')
  return written.test(words) ? words.replace(eachWritten, ' $& ') : words
}

/** What an entry of the index is of, as a word that nobody can write. */
export function markOfKind(kind: string): string {
  return `\u{e000}${kind}`
}

const term = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

export interface Wanted {
  /** What the index is asked; null where there is nothing to ask for. */
  readonly match: string | null
  /** In small letters: what has to stand in an entry as it is written, since the index knows no order of words. */
  readonly literals: readonly string[]
  /** In small letters: what is marked where it occurs. */
  readonly shown: readonly string[]
}

/** With fewer letters than that, all words that begin so are too many. */
const shortestBeginning = 3

/**
 * What somebody typed: words that all have to occur, the last one perhaps half typed; in quotes, or with signs between, as they are
 * written.
 */
export function wantedOf(query: string, kinds: readonly string[] = []): Wanted {
  const pieces = [...query.matchAll(/"([^"]+)"?|\S+/g)].map(([all, quoted]) => ({
    text: (quoted ?? all).trim(),
    terms: termsOf(quoted ?? all),
    isQuoted: quoted !== undefined,
  }))
  const asked = pieces.filter(({ terms }) => terms.length > 0)
  const terms = asked.flatMap((piece) => piece.terms)
  if (terms.length === 0) return { match: null, literals: [], shown: [] }
  const last = terms.length - 1
  const isHalf = /[\p{L}\p{N}\p{M}]$/u.test(query) && (terms[last]?.length ?? 0) >= shortestBeginning
  const parts = terms.map((word, index) => (index === last && isHalf ? `"${word}"*` : `"${word}"`))
  const marks = kinds.map((kind) => `"${markOfKind(kind)}"`)
  return {
    match: [...parts, ...(marks.length > 0 ? [`(${marks.join(' OR ')})`] : [])].join(' AND '),
    literals: asked.filter((piece) => piece.isQuoted || piece.terms.length > 1).map(({ text }) => text.toLowerCase()),
    shown: asked.map(({ text }) => text.toLowerCase()),
  }
}

function termsOf(text: string): string[] {
  return indexable(text).match(term) ?? []
}
