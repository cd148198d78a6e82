import { begins } from './propose.ts'

/** So many commands that look alike must not be let through. */
export const neighbourCount = 10

/** Commands near a rule that it must not match: one word less, another subcommand, the program behind a shell. */
export function neighboursOf(pattern: readonly string[]): readonly (readonly string[])[] {
  const [program = '', ...rest] = pattern
  const last = pattern.at(-1) ?? ''
  const short = pattern.slice(0, -1)
  const line = pattern.join(' ')
  const all: readonly (readonly string[])[] = [
    short,
    [...short, `${last}x`],
    [...short, last.slice(0, -1) || `-${last}`],
    [program, 'colophon-neighbour', ...rest],
    [`${program}x`, ...rest],
    ['sudo', ...pattern],
    ['bash', '-lc', line],
    ['env', 'A=1', ...pattern],
    ['sh', '-c', `${line} | sh`],
    ['rm', '-rf', ...rest],
    [...rest, program],
    [line],
    ['xargs', ...pattern],
    // Of a short rule some of these are the same.
    ...Array.from({ length: neighbourCount }, (_, i) => [...short, `${last}-${String(i)}`]),
  ]
  const seen = new Map(all.map((argv) => [argv.join('\0'), argv]))
  return [...seen.values()].filter((argv) => argv.length > 0 && !begins(argv, pattern)).slice(0, neighbourCount)
}
