import { commandWords, programWords } from './command-words.ts'
import { programName } from './rule/never.ts'

/** No name is longer: more is no name of a command but what it was given. */
const longestName = 60
/** Whose next word is what they work on, never a subcommand. */
const withoutSubcommands = new Set(
  'awk cat cd chmod cp curl cut diff echo find fd grep head ls mkdir mv printf ps pwd rg rm sed sleep sort tail tee test touch wc which'.split(
    ' ',
  ),
)
const plainWord = /^[a-z][a-z0-9:_-]*$/i

/** What a command line is called among others: its program and subcommand; a script where a shell does more than run one program. */
export function commandName(line: string): string {
  const words = commandWords(line)
  if (words === null) {
    const [first = ''] = line.trimStart().split(/[\s;&|<>()]/, 1)
    return /^[\w./-]+$/.test(first) ? `${programName(first)} … (script)`.slice(0, longestName) : 'script'
  }
  const [first = '', ...others] = programWords(words)
  const program = programName(first)
  if (withoutSubcommands.has(program)) return program
  // `python3 manage.py` and `pnpm -r build` keep all, a path of its own is no name.
  const end = others.findIndex((word) => !plainWord.test(word) && !/^-{1,2}[\w-]+$|^[\w-]+\.\w+$/.test(word))
  return [program, ...(end < 0 ? others : others.slice(0, end))].join(' ').slice(0, longestName)
}
