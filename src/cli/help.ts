import type { Command } from './command.ts'
import { commands, everyCommand, type CommandName } from './commands.ts'
import type { Option } from './option.ts'
import { textOf, withoutSigns, wrapped } from './text/line.ts'
import type { Screen } from './text/screen.ts'

const indentation = 25
const general = { 0: 'done', 1: 'failed; standard error says why', 2: 'wrong usage' }

/** Made of the declarations, so that no command and no option can be missing from it. */
export function help(of: CommandName | null): string {
  return of === null ? helpOfAll() : helpOf(of, commands[of])
}

export function exitsOf({ exits }: Pick<Command, 'exits'>): readonly (readonly [code: string, says: string])[] {
  return Object.entries({ ...general, ...exits })
}

function helpOfAll(): string {
  return `Colophon shows how each Codex session was made: where the time went and what failed.

Usage: colophon COMMAND [options]

${everyCommand.map(([name, { about }]) => line(name, inShort(about))).join('\n')}

Examples:
${everyCommand
  .flatMap(([, { examples }]) => examples.slice(0, 1))
  .map(exampleLine)
  .join('\n')}

${everyCommand
  .map(([name, { options }]) => optionsOf(name, options))
  .filter((text) => text !== '')
  .join('\n')}
${line('--help, --version', 'colophon COMMAND --help explains one command')}

Port 0 picks a free port. To let Codex send its telemetry here, run colophon configure.
`
}

/** What a command does, without what its own help adds. */
const inShort = (about: string): string => about.replace(/; .*/, '')

function helpOf(name: string, command: Command): string {
  const { operands, about, options, examples } = command
  return `${name}: ${about}

Usage: colophon ${name} ${operands === '' ? '' : `${operands} `}[options]

Examples:
${examples.map(exampleLine).join('\n')}

${optionsOf(name, options)}
Exit codes:
${exitsOf(command)
  .map(([code, says]) => line(code, says))
  .join('\n')}
`
}

function optionsOf(name: string, options: Command['options']): string {
  const each = Object.values(options)
  return each.length === 0 ? '' : `Options of ${name}:\n${each.map(optionLine).join('\n')}\n`
}

function exampleLine([typed, does]: Command['examples'][number]): string {
  return `  ${typed}\n      ${does}`
}

function optionLine({ flag, short, takes, about }: Option<unknown>): string {
  return line(`${short === undefined ? '' : `-${short}, `}--${flag}${takes === null ? '' : ` ${takes}`}`, about)
}

function line(what: string, about: string): string {
  return `  ${what.padEnd(indentation - 3)} ${about}`.trimEnd()
}

/** What stands before the words of a line: nothing, spaces, or what they are about and spaces up to their column. */
const before = /^ *(?:\S+(?: \S+)* {2,})?/

/** As wide as the screen, each line below its own words; what is to be typed stays whole, and so does a path. In the signs that the screen has. */
export function helpOn(text: string, screen: Screen): string {
  const fitted = text.split('\n').flatMap((said) => {
    const first = before.exec(said)?.[0] ?? ''
    if (said.length <= screen.width || first === '  ') return [screen.unicode ? said : withoutSigns(said)]
    return wrapped(said.slice(first.length), screen, first).map((line) => line.map(textOf).join('').trimEnd())
  })
  return fitted.join('\n')
}
