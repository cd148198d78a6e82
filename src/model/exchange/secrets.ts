export interface SecretPattern {
  readonly name: string
  readonly pattern: RegExp
  /** Where it returns false, the match is none after all. */
  readonly isSecret?: (match: string) => boolean
}

/** What replaces a secret. */
export const secretMark = '[secret]'

/** Values of assignments that only stand for a secret: variables, placeholders, masks, calls. */
const standIn =
  /^(?:\$|%|<|\{|\[|\*{2,}|x{3,}$|\.{3}|…|env\.|os\.|process\.|import\.|null|none|undefined|true|false|example|changeme|redacted)/i

function isValue(value: string): boolean {
  return !standIn.test(value) && !/^\d+$/.test(value) && !/[()]/.test(value)
}

/** Random letters and digits in one run: words joined by dashes are no key. */
function looksRandom(match: string): boolean {
  return /[A-Za-z0-9]{16,}/.test(match) && /\d/.test(match) && /[A-Za-z]/.test(match)
}

/** Behind anything but a letter or a digit: `DB_PASSWORD` and `--password` are names of one, too. */
const assigned =
  '(?<![A-Za-z0-9])(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|secret[_-]?access[_-]?key|private[_-]?key)'

/**
 * The shapes of keys and passwords that issuers document or that shells and config files write. Precision before
 * completeness: a log full of false marks would be shared without them. Group `keep` stays in the text.
 *
 * Texts are foreign and may be long, so each pattern is linear: it begins with a word of its own, or where a run of characters
 * begins, and never with a repetition that could begin anywhere in the run.
 */
export const secretPatterns: readonly SecretPattern[] = [
  {
    name: 'private key',
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----|$)/g,
  },
  { name: 'sk- key', pattern: /(?<![\w-])sk-[A-Za-z0-9_-]{20,}/g, isSecret: looksRandom },
  { name: 'GitHub token', pattern: /(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/g },
  { name: 'AWS access key', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { name: 'Google API key', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { name: 'Slack token', pattern: /(?<![\w-])xox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { name: 'JWT', pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g },
  {
    name: 'Bearer header',
    pattern: /(?<keep>\bBearer\s+)[A-Za-z0-9._~+/-]{16,}=*/gi,
    isSecret: (match) => /\d/.test(match),
  },
  {
    name: 'URL with a password',
    pattern: /(?<keep>[a-z0-9+.-]:\/\/[^\s/:@"'\\]*:)[^\s/@"'\\]{3,}(?=@)/gi,
    isSecret: (match) => !standIn.test(match),
  },
  {
    name: 'quoted assignment',
    pattern: new RegExp(`(?<keep>${assigned}(?:\\\\?["'])?\\s*[:=]\\s*\\\\?["'])[^"'\\\\\\s]{6,}(?=\\\\?["'])`, 'gi'),
    isSecret: isValue,
  },
  {
    name: 'assignment',
    pattern: new RegExp(`(?<keep>${assigned}=)[^\\s"'\\\\&;,<>|\`$(){}\\[\\]]{6,}(?![\\w(\\[.])`, 'gi'),
    isSecret: isValue,
  },
]

/**
 * What stands in each text that one of the patterns fits, so that bytes of records, which hold texts as they are, can be passed over
 * without taking them apart.
 */
const telling =
  /-----BEGIN|sk-|gh[pousr]_|github_pat_|AKIA|ASIA|AIza|xox[abeoprs]-|eyJ|bearer\s|:\/\/|password|passwd|pwd|passphrase|secret|token\W{0,6}[:=]|key\W{0,6}[:=]/i

export function mayHoldSecret(text: string): boolean {
  return telling.test(text)
}

/** The text with each secret replaced; `found` is told of each, and of what kind it is. */
export function replaceSecrets(text: string, found: (secret: string, at: number, kind: string) => void): string {
  if (text.length < 10) return text
  let result = text
  for (const { name, pattern, isSecret = () => true } of secretPatterns) {
    result = result.replace(pattern, (match: string, ...rest: unknown[]) => {
      const keep = keptPart(rest.at(-1))
      const secret = match.slice(keep.length)
      if (secret === secretMark || !isSecret(secret)) return match
      found(secret, rest.find((value) => typeof value === 'number') as number, name)
      return keep + secretMark
    })
  }
  return result
}

function keptPart(groups: unknown): string {
  if (typeof groups !== 'object' || groups === null) return ''
  const { keep } = groups as { keep?: string }
  return keep ?? ''
}
