import { parseArgs } from 'node:util'
import type { Command } from './command.ts'
import { commands, isCommandName, type CommandName, type Given } from './commands.ts'
import { UsageError } from './usage-error.ts'

export type ReadCommand =
  | { readonly name: 'help'; readonly of: CommandName | null }
  | { readonly name: 'version' }
  | { [N in CommandName]: { readonly name: N; readonly given: Given<N> } }[CommandName]

const general = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } } as const

/** Throws UsageError, its message one line for a person. */
export function readCommand(args: readonly string[]): ReadCommand {
  // Options may stand before the command: which words are values depends on all that is declared.
  const declared = parserOptions(Object.values(commands))
  const loose = parseArgs({ args: [...args], options: declared, strict: false })
  const [name, second] = loose.positionals
  if (loose.values.help === true || name === 'help' || args.length === 0) {
    const of = name === 'help' ? second : name
    return { name: 'help', of: isCommandName(of) ? of : null }
  }
  if (loose.values.version === true) return { name: 'version' }
  if (name === undefined) {
    const unknown = Object.keys(loose.values).find((flag) => !Object.hasOwn(declared, flag))
    if (unknown === undefined) throw new UsageError('a command is missing')
    throw new UsageError(`no command has an option ${unknown.length === 1 ? '-' : '--'}${unknown}`)
  }
  if (!isCommandName(name)) throw new UsageError(`unknown command “${name}”`)
  const { values, positionals } = parseStrictly(args, name)
  const given = commands[name].read(values, positionals.slice(1))
  return { name, given } as ReadCommand
}

function parseStrictly(args: readonly string[], name: CommandName) {
  try {
    return parseArgs({
      args: [...args],
      options: parserOptions([commands[name]]),
      allowPositionals: true,
      strict: true,
    }) as { readonly values: Record<string, string | boolean | undefined>; readonly positionals: readonly string[] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1]
    if (unknown !== undefined) throw new UsageError(`${name} has no option ${unknown}`)
    const dashed = /^Option .*?(--?[\w-]+)' argument is ambiguous/.exec(message)?.[1]
    if (dashed !== undefined)
      throw new UsageError(
        `a value that begins with a dash is written ${dashed}${dashed.startsWith('--') ? '=' : ''}VALUE`,
      )
    const bare = /^Option .*?(--?[\w-]+)(?: <value>)?' argument missing/.exec(message)?.[1]
    if (bare !== undefined) throw new UsageError(`${bare} takes a value`)
    const valued = /^Option .*?(--?[\w-]+)' does not take an argument/.exec(message)?.[1]
    if (valued !== undefined) throw new UsageError(`${valued} takes no value`)
    throw new UsageError(`${name}: ${message.split(/[.\n]/)[0] ?? ''}`)
  }
}

function parserOptions(declared: readonly Command[]) {
  const options = declared.flatMap((command) => Object.values(command.options))
  return {
    ...general,
    ...Object.fromEntries(
      options.map(({ flag, short, takes }) => [
        flag,
        {
          type: takes === null ? ('boolean' as const) : ('string' as const),
          ...(short === undefined ? {} : { short }),
        },
      ]),
    ),
  }
}
