import { command } from '../command.ts'
import { UsageError } from '../usage-error.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

export const completionCommand = command(
  {
    operands: shells.join('|'),
    about: 'print a script that lets a shell complete commands and options',
    examples: [
      ['source <(colophon completion bash)', 'in ~/.bashrc; for zsh the same in ~/.zshrc, after compinit'],
      ['colophon completion fish > ~/.config/fish/completions/colophon.fish', 'for fish'],
    ],
    options: {},
  },
  (words) => {
    const shell = shells.find((each) => each === words[0])
    if (shell === undefined || words.length > 1)
      throw new UsageError(`completion takes bash, zsh or fish${words.length > 0 ? `, not “${words.join(' ')}”` : ''}`)
    return { shell }
  },
)

export type CompletionOptions = ReturnType<typeof completionCommand.read>
