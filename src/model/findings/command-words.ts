import { wordsOfScript } from './rule/command-words.ts'

/** The words of a command as a row shows it, where it is nothing but words; null where a shell would do more with it, or it was cut off. */
export function commandWords(command: string): readonly string[] | null {
  const words = wordsOfScript(command)
  return 'argv' in words && !command.endsWith('…') ? words.argv : null
}

/** Options that take the next word, so that this is no subcommand. */
const takesWord: ReadonlySet<string> = new Set([
  '-C',
  '-c',
  '--prefix',
  '--filter',
  '--manifest-path',
  '--cwd',
  '--dir',
])
/** Subcommands that another follows. */
const leads: ReadonlySet<string> = new Set([
  'run',
  'compose',
  'exec',
  'tool',
  'submodule',
  'remote',
  'stash',
  'workspace',
])

/** Its program and subcommand, with what stands between them: `npm test`, `pnpm -r build`, `docker compose up`, `touch`. */
export function programWords(words: readonly string[]): readonly string[] {
  let end = 1
  for (let i = 1; i < words.length; i++) {
    const word = words[i] ?? ''
    if (takesWord.has(word)) i++
    else if (!word.startsWith('-')) {
      if (!/^[a-z][a-z0-9:_-]*$/i.test(word)) break
      end = i + 1
      if (!leads.has(word)) break
    }
  }
  return words.slice(0, end)
}
