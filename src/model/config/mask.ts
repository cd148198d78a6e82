import { replaceSecrets, secretMark } from '../exchange/secrets.ts'
import { isArray, isTable, type KeyPath, type TomlValue } from './toml-value.ts'

/** What stands for a secret in everything that is shown. */
export const hidden = '•••'

/** Tables whose values carry keys: of exporters, of model providers and of MCP servers. */
const secretTable = /(?:headers|^env|^set)$/i
/** Values that are keys themselves. `client-private-key` is the path of a file. */
const secretKey =
  /(?:token|secret|password|passwd|passphrase|api[_-]?key|access[_-]?key|(?<!client-)private[_-]?key|authorization|credentials?|cookie)$/i
/** The same in the query of a URL, where names are shorter. */
const secretParameter = /key|token|secret|pass|sig|auth|credential|jwt|^code$/i

/**
 * A value as people may see it, judged by where it stands and by what it says. Every output that is not the editor's own text is made
 * from this: differences, findings, what holds, flags.
 */
export function maskValue(path: KeyPath, value: TomlValue): TomlValue {
  if (isTable(value)) return new Map([...value].map(([key, inner]) => [key, maskValue([...path, key], inner)]))
  if (typeof value === 'object' && !isArray(value)) return value
  if (isSecretPlace(path)) return isArray(value) ? value.map(() => hidden) : typeof value === 'boolean' ? value : hidden
  if (isArray(value)) return value.map((each, i) => (isSecretFlag(value[i - 1]) ? hidden : maskValue(path, each)))
  return typeof value === 'string' ? maskWords(value) : value
}

/** A header as a command is given it: `-H 'X-Api-Key: …'`, `{"authorization": "Token …"}`. */
const headerLine =
  /((?<![\w-])(?:authorization|proxy-authorization|(?:set-)?cookie|[\w-]{0,40}(?:api|access|auth|secret)-?(?:key|token)|x-[\w-]{0,40}(?:key|token|secret))["']?[ \t]{0,4}:[ \t]{0,4}["']?(?:(?:Bearer|Basic|Token|Key|Digest)[ \t]{1,8})?)[^\s"',;][^\s"',]*/gi

/** Whether `headers.x`, `env.X` or a key that is called so. A command that prints headers is judged by its words. */
function isSecretPlace(path: KeyPath): boolean {
  const last = path.at(-1) ?? ''
  return secretKey.test(last) || path.slice(0, -1).some((key) => secretTable.test(key))
}

/** `["--api-key", "…"]`: the word behind it is one. */
function isSecretFlag(before: TomlValue | undefined): boolean {
  return typeof before === 'string' && /^--?[\w-]+$/.test(before) && secretKey.test(before)
}

/** A text that may quote a secret: a URL with a password or a key in its query, a header, an option of a command, a key that its shape gives away. */
export function maskWords(text: string): string {
  const masked = text
    .replace(/(:\/\/)[^\s/?#"'<>]*@/g, `$1${hidden}@`)
    .replace(/([?&;#])([\w.~%-]{1,100})=([^&;#\s"']+)/g, (whole, before: string, name: string) =>
      secretParameter.test(name) ? `${before}${name}=${hidden}` : whole,
    )
    .replace(headerLine, `$1${hidden}`)
    .replace(/\b(Bearer|Basic)((?:[ \t]|%20){1,8})[^\s"',;]{4,}/gi, `$1$2${hidden}`)
    .replace(
      /(\s--?[\w-]{0,40}(?:token|secret|password|passwd|passphrase|api-?key)[ \t]{1,8})[^\s"'-][^\s"']*/gi,
      `$1${hidden}`,
    )
    .replace(/(\s(?:-u|--user)[ \t=]{1,8}[^\s"':]{1,200}:)[^\s"']+/g, `$1${hidden}`)
  return replaceSecrets(masked, () => undefined).replaceAll(secretMark, hidden)
}
