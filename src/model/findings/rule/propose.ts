import { replaceSecrets } from '../../exchange/secrets.ts'
import { visible } from '../../visible.ts'
import { leastPrefix } from './least-prefix.ts'
import type { CommandWords, Refused } from './command-words.ts'

export interface RuleProposal {
  /** What a command must begin with, word by word. */
  readonly pattern: readonly string[]
  /** The approved commands that the rule lets through, each once. */
  readonly commands: readonly (readonly string[])[]
}

export interface NoProposal extends Refused {
  /** Because one of them was declined, not because no rule could say it. */
  readonly isDenied: boolean
}

/** Longer rules are one command each, and no habit. */
const mostWords = 16

/**
 * The longest beginning that all approved commands share and no denied one has. All of them are of one kind: they begin with the same
 * `leastPrefix`. Of a denied one it may only be known how it reads (`denied` as text): then its words count wherever they stand.
 */
export function proposeRule(
  approved: readonly (readonly string[])[],
  denied: readonly string[],
): RuleProposal | NoProposal {
  const [first] = approved
  if (first === undefined) return { refused: 'nothing was approved', isDenied: false }
  const shared = approved.reduce(common).slice(0, mostWords)
  const checked = checkPattern(shared)
  if ('refused' in checked) return { ...checked, isDenied: false }
  const hit = denied.find((line) => holds(wordsAnyhow(line), shared))
  if (hit !== undefined)
    return { refused: `you declined \`${visible(hit).slice(0, 200)}\`, which it would let through`, isDenied: true }
  const each = new Map(approved.map((argv) => [argv.join('\0'), argv]))
  return { pattern: shared, commands: [...each.values()] }
}

/** The pattern itself where a rule may say it, whoever asks; else why not. */
export function checkPattern(pattern: readonly string[]): CommandWords {
  const least = leastPrefix(pattern)
  if ('refused' in least) return least
  if (pattern.length < least.argv.length) return { refused: 'it would let every use of its program through' }
  if (pattern.length > mostWords) return { refused: 'it is too long for a rule' }
  if (pattern.some((word) => visible(word) !== word || /\p{Surrogate}/u.test(word)))
    return { refused: 'a word in it has characters that cannot be seen' }
  const line = pattern.join(' ')
  if (replaceSecrets(line, () => undefined) !== line) return { refused: 'a word in it looks like a secret' }
  return { argv: pattern }
}

/** Whether the rule lets a command through. */
export function begins(argv: readonly string[], pattern: readonly string[]): boolean {
  return pattern.every((word, i) => argv[i] === word)
}

function common(a: readonly string[], b: readonly string[]): readonly string[] {
  const end = a.findIndex((word, i) => word !== b[i])
  return end < 0 ? a : a.slice(0, end)
}

/** Whoever declined `npm test && npm publish` did not want `npm test` as it stood there. */
function holds(words: readonly string[], pattern: readonly string[]): boolean {
  return words.some((_, from) => begins(words.slice(from), pattern))
}

/** Of a text that may be no plain command at all: what lies between white space, quotes and the signs of a shell. */
function wordsAnyhow(line: string): readonly string[] {
  return line.match(/"[^"]*"|'[^']*'|[^\s"'();|&<>`]+/g)?.map((word) => word.replace(/^["']|["']$/g, '')) ?? []
}
