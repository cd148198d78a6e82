import { visibleLines } from '../contract/visible.ts'

const mostCharacters = 2000

/**
 * A message as it may stand in a log that people attach to reports: no credentials, no e-mail addresses, no quoted text (a parser's
 * error quotes what it could not read, and that may be a prompt), and not endless.
 */
export function loggable(message: string): string {
  const text = visibleLines(message)
    .replace(/\b(Bearer|Basic)\s+\S+/gi, '$1 …')
    .replace(/((?:token|key|secret|password|authorization)\s*[=:]\s*)(?!…)[^\s,;]+/gi, '$1…')
    .replace(/\b(?:sk|pk|ghp|gho|github_pat|xox[abp])[-_][\w-]{8,}/g, '…')
    .replace(/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '…@…')
    .replace(/"[^"\n]{25,}"/g, '"…"')
    .trimEnd()
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}… (${String(text.length)} characters)` : text
}
