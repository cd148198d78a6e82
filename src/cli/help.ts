import type { Command } from './command.ts'
import { commands } from './commands.ts'
import type { Option } from './option.ts'

const indentation = 25

/** Made of the declarations, so that no option can be missing from it. */
export function help(): string {
  const each: readonly (readonly [string, Command])[] = Object.entries(commands)
  return `Colophon shows how each Codex session was made: where the time went and what failed.

Usage: ${each.map(([name, { operands }]) => `colophon ${name} ${operands === '' ? '' : `${operands} `}[options]`).join('\n       ')}

${each.map(([name, { about }]) => line(name, about)).join('\n')}

${each.map(([name, { options }]) => `Options of ${name}:\n${Object.values(options).map(optionLine).join('\n')}\n`).join('\n')}
${line('--help, --version', '')}

Port 0 takes a free port. To let Codex send its telemetry here, run colophon configure.

Over SSH, forward the page's port (ssh -L 4316:127.0.0.1:4316 HOST) and open the printed link at home.
`
}

function optionLine({ flag, short, takes, about }: Option<unknown>): string {
  return line(`${short === undefined ? '' : `-${short}, `}--${flag}${takes === null ? '' : ` ${takes}`}`, about)
}

function line(what: string, about: string): string {
  return `  ${what.padEnd(indentation - 3)} ${about}`.trimEnd()
}
