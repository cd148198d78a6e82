import type { Options, ValuesOf } from './option.ts'
import { UsageError } from './usage-error.ts'

export interface Command<G = unknown> {
  /** What stands behind the name in the help, beside options. */
  readonly operands: string
  readonly about: string
  /** What to type, and what that does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  /** What its exit codes say, where that is more than: 0 done, 1 failed, 2 called wrongly. */
  readonly exits?: Readonly<Record<number, string>>
  readonly options: Options
  /** Checks everything that was given. Throws UsageError. */
  readonly read: (values: Readonly<Record<string, string | boolean | undefined>>, words: readonly string[]) => G
}

/** What `finish` adds: the operands, and what only several options say together. */
export function command<O extends Options, W extends object>(
  said: Pick<Command, 'operands' | 'about' | 'examples' | 'exits'> & { readonly options: O },
  finish: (words: readonly string[], values: ValuesOf<O>) => W,
): Command<ValuesOf<O> & W> {
  return {
    ...said,
    read: (given, words) => {
      const read = Object.entries(said.options).map(([name, option]) => [name, option.read(given[option.flag])])
      const values = Object.fromEntries(read) as ValuesOf<O>
      return { ...values, ...finish(words, values) }
    },
  }
}

export function noWords(name: string): (words: readonly string[]) => object {
  return (words) => {
    if (words.length > 0) throw new UsageError(`${name} takes only options, not “${words.join(' ')}”`)
    return {}
  }
}
