import type { CompletionOptions } from '../options/completion.ts'
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { zsh } from './zsh.ts'

const scripts = { bash, zsh, fish } as const

/** Prints the script of a shell. */
export function completion({ shell }: CompletionOptions): void {
  process.stdout.write(scripts[shell]())
}
