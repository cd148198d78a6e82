/** The scheme of links into the app, such as `colophon://session/01a1f848-…`. */
export const linkScheme = 'colophon'

/** Codex's session ids are UUIDs; other applications name theirs themselves. */
const sessionLink = /^colophon:\/\/session\/(\w[\w.:-]{0,127})\/?$/

/**
 * The place of the page that a link means; null for anything else. A link comes from anywhere, so it can name a session and
 * nothing more: no other view, no query, no encoded characters.
 */
export function placeOfLink(link: string): string | null {
  const id = sessionLink.exec(link)?.[1]
  return id === undefined ? null : `/sessions/${encodeURIComponent(id)}`
}

/** The first link of a command line; Windows and Linux start the app with it. */
export function placeOfArguments(argv: readonly string[]): string | null {
  const link = argv.find((argument) => argument.startsWith(`${linkScheme}://`))
  return link === undefined ? null : placeOfLink(link)
}
