import { wordsOfScript } from './rule/command-words.ts'
import { leastPrefix } from './rule/least-prefix.ts'

/** The words of a command line, where it is one plain command; null where a shell would do more with it, or where it was cut off. */
export function commandWords(command: string): readonly string[] | null {
  const words = command.endsWith('…') ? null : wordsOfScript(command)
  return words === null || 'refused' in words ? null : words.argv
}

/** Its program and subcommand: `npm test`, `pnpm -r build`, `docker compose up`; only the program where it has none, or none that a rule may name. */
export function programWords(words: readonly string[]): readonly string[] {
  const least = leastPrefix(words)
  if (!('refused' in least)) return least.argv
  const [, sub = ''] = words
  return words.slice(0, /^[a-z][a-z0-9:_-]*$/.test(sub) ? 2 : 1)
}
