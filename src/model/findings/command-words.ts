/** What a shell makes more of than words: pipes, redirects, substitutions, patterns, further commands. */
const beyondWords = /[|&;<>()$`\\*?[\]{}~#!\n\r]/

/**
 * The words of a command line, where it is nothing but words; null where a shell would do more with it, or where it was cut off. A word
 * may be quoted whole or in part, as long as nothing in it is expanded.
 */
export function commandWords(command: string): readonly string[] | null {
  const words: string[] = []
  let word: string | null = null
  for (let i = 0; i < command.length; i++) {
    const sign = command.charAt(i)
    if (sign === '…') return null
    if (sign === ' ' || sign === '\t') {
      if (word !== null) words.push(word)
      word = null
    } else if (sign === "'" || sign === '"') {
      const end = command.indexOf(sign, i + 1)
      if (end < 0) return null
      const inside = command.slice(i + 1, end)
      if (sign === '"' && /[$`\\!]/.test(inside)) return null
      word = `${word ?? ''}${inside}`
      i = end
    } else if (beyondWords.test(sign)) {
      return null
    } else {
      word = `${word ?? ''}${sign}`
    }
  }
  if (word !== null) words.push(word)
  // A variable that is set before the program is no program.
  return words.length === 0 || /^[A-Za-z_]\w*=/.test(words[0] ?? '') ? null : words
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

export function beginsWith(words: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((word, i) => words[i] === word)
}

/** What all of them begin with. */
export function sharedWords(lines: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = lines
  const end = first.findIndex((word, i) => lines.some((words) => words[i] !== word))
  return end < 0 ? first : first.slice(0, end)
}
