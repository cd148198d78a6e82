import { everyCommand } from '../commands.ts'

/** What scripts for shells are made of: every command with its options, and the words that stand in the place of its operands. */
export interface Completed {
  readonly name: string
  /** The first sentence of it. */
  readonly about: string
  readonly operands: readonly string[]
  /** Whether operands are names of files. */
  readonly files: boolean
  readonly options: readonly { readonly flag: string; readonly about: string; readonly takes: string | null }[]
}

export const completed: readonly Completed[] = everyCommand.map(([name, { about, operands, options }]) => ({
  name,
  about: short(about),
  operands: operands
    .replace(/[[\]]/g, '')
    .split('|')
    .filter((word) => /^[a-z]+$/.test(word)),
  files: operands.startsWith('FILE'),
  options: [
    ...Object.values(options).map(({ flag, about: says, takes }) => ({ flag, about: short(says), takes })),
    { flag: 'help', about: 'explain this command', takes: null },
  ],
}))

/** What an option takes that names a folder or a file. */
export const takesPath = (takes: string | null): boolean => takes === 'DIR' || takes === 'FILE'

/** On one line, without what shells read as their own. */
function short(text: string): string {
  return (text.split(/[;:(]/)[0] ?? text).replaceAll(/['"`$\\[\]]/g, '').trim()
}
