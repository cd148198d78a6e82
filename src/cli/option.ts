import { resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

/** An option of a command, declared once: how it is written, what the help says, and the check that every value passes. */
export interface Option<T> {
  /** Without its dashes. */
  readonly flag: string
  readonly short?: string
  /** What stands behind it in the help; null where it is on or off. */
  readonly takes: string | null
  readonly about: string
  /** `given` is undefined where the option was left out. Throws UsageError. */
  readonly read: (given: string | boolean | undefined) => T
}

export type Options = Readonly<Record<string, Option<unknown>>>
export type ValuesOf<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never }

export function onOff(flag: string, about: string): Option<boolean> {
  return { flag, takes: null, about, read: (given) => given === true }
}

interface Said {
  readonly flag: string
  readonly short?: string
  readonly takes: string
  readonly about: string
}

/** What an option is when it is left out comes unchecked; every text that is given passes `check`. */
export function valued<T, F>(said: Said, fallback: F, check: (text: string) => T): Option<T | F> {
  return {
    ...said,
    read: (given) => {
      if (typeof given !== 'string') return fallback
      if (given.trim() === '') throw new UsageError(`--${said.flag} is empty: it takes ${said.takes}`)
      // It would end a path for the system, and be seen by nobody.
      if (given.includes('\0')) throw new UsageError(`--${said.flag} holds a NUL`)
      return check(given)
    },
  }
}

/** `lowest` 0 where a free port may be taken, 1 where the port is one that somebody listens on. */
export function port<F>(flag: string, about: string, lowest: 0 | 1, fallback: F): Option<number | F> {
  return valued({ flag, takes: 'N', about }, fallback, (text) => {
    const number = /^\d{1,5}$/.test(text) ? Number(text) : NaN
    if (!(number >= lowest && number <= 65_535))
      throw new UsageError(`--${flag} takes a port from ${String(lowest)} to 65535, not “${text}”`)
    return number
  })
}

export function folder<F>(flag: string, about: string, fallback: F): Option<string | F> {
  return valued({ flag, takes: 'DIR', about }, fallback, (text) => resolve(text))
}

export function seconds<F>(flag: string, about: string, fallback: F): Option<number | F> {
  return valued({ flag, takes: 'SECONDS', about }, fallback, (text) => {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
    // A timer of Node.js that is longer fires at once.
    if (!(number > 0 && number <= 2_147_483))
      throw new UsageError(`--${flag} takes a number of seconds above 0, not “${text}”`)
    return number
  })
}

export function choice<const T extends string, F>(said: Said, among: readonly T[], fallback: F): Option<T | F> {
  return valued(said, fallback, (text) => {
    const chosen = among.find((each) => each === text)
    if (chosen === undefined) throw new UsageError(`--${said.flag} takes one of ${among.join(', ')}, not “${text}”`)
    return chosen
  })
}

export function count<F>(flag: string, about: string, fallback: F): Option<number | F> {
  return valued({ flag, takes: 'COUNT', about }, fallback, (text) => {
    const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
    if (number < 1) throw new UsageError(`--${flag} takes a number from 1 to 9999, not “${text}”`)
    return number
  })
}

export function money(flag: string, about: string): Option<number | null> {
  return valued({ flag, takes: 'USD', about }, null, (text) => {
    const number = /^\$?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text.replace('$', '')) : 0
    if (number <= 0) throw new UsageError(`--${flag} takes US dollars above 0, such as 5 or 2.50, not “${text}”`)
    return number
  })
}
