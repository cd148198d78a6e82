import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { Command } from '../../../src/cli/command.ts'
import { commands, type CommandName } from '../../../src/cli/commands.ts'
import { help, helpOn } from '../../../src/cli/help.ts'
import { readCommand } from '../../../src/cli/read-command.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'

const each = Object.entries(commands).flatMap(([name, { options }]) =>
  Object.values(options).map((option) => ({
    name,
    ...option,
    words: { export: ['id'], import: ['file'], resume: ['id'] }[name] ?? [],
  })),
)
const valued = each.filter(({ takes }) => takes !== null)

it.each(valued)('$name refuses an empty --$flag, and names it', ({ name, flag, words }) => {
  for (const empty of ['', '  '])
    expect(() => readCommand([name, ...words, `--${flag}`, empty])).toThrow(new RegExp(`--${flag} is empty`))
})

it.each(valued.filter(({ takes }) => takes === 'N'))('$name takes a port alone as --$flag', ({ name, flag }) => {
  for (const wrong of ['65536', 'abc', '1e3', '-1', '0x10', '4318 ', '4318.0', '\u0664'])
    expect(() => readCommand([name, `--${flag}=${wrong}`])).toThrow(new RegExp(`--${flag} takes a port`))
  expect(() => readCommand([name, `--${flag}=65535`])).not.toThrow()
})

it('takes port 0 where a free port can be taken, not where somebody has to listen', () => {
  expect(readCommand(['serve', '--otlp-http-port', '0'])).toMatchObject({ given: { otlpHttpPort: 0 } })
  for (const name of ['configure', 'doctor'])
    for (const flag of ['--otlp-http-port', '--otlp-grpc-port'])
      expect(() => readCommand([name, flag, '0'])).toThrow(/from 1 to 65535/)
})

it('says how a value that begins with a dash is written', () => {
  expect(() => readCommand(['budget', '--day', '-1'])).toThrow('is written --day=VALUE')
  expect(() => readCommand(['export', 'id', '-o', '-x'])).toThrow('is written -oVALUE')
})

it('makes every folder absolute', () => {
  const folders = each.filter(({ takes }) => takes === 'DIR')
  expect(folders.length).toBeGreaterThan(6)
  for (const { name, flag, words } of folders) {
    const { given } = readCommand([name, ...words, `--${flag}`, 'a/../b']) as { given: object }
    expect(Object.values(given)).toContain(resolve('b'))
  }
})

it.each([
  [['configure', '--http', '--grpc'], /one of/],
  [['configure', '--undo', '--grpc'], /--undo/],
  [['doctor', '--undo'], /--undo/],
  [['doctor', 'now'], /now/],
  [['export'], /one session/],
  [['import', ''], /empty/],
  [['serve', '--host', 'a b'], /--host/],
  [['serve', '--port', '5000', '--otlp-http-port', '5000'], /--port and --otlp-http-port are both 5000/],
  [['serve', '--lost-after', '1e9'], /--lost-after/],
  [['serve', '--lost-after', '9999999'], /--lost-after/],
  [['export', 'id', '--format', 'xml'], /json, otlp/],
  [['export', 'id', '--redact', 'all,paths'], /--redact/],
  [['--data', 'x'], /command is missing/],
  [['--bogus'], /^no command has an option --bogus$/],
  [['-x', '--bogus=5'], /^no command has an option -x$/],
  [['show', 'a', 'b'], /one session/],
  [['show', '--depth', '0'], /--depth/],
  [['resume'], /one session: an id, how one begins, or last$/],
  [['show', '--data'], /^--data takes a value$/],
  [['export', 'id', '-o'], /^--output takes a value$/],
  [['sessions', '--helpers=yes'], /^--helpers takes no value$/],
  [['completion'], /zsh or fish$/],
  [['costs', '--by', 'week'], /day, model, project, session/],
  [['budget', '--day', '-1'], /--day/],
  [['budget', '--month', 'much'], /--month/],
  [['completion', 'tcsh'], /bash, zsh or fish/],
])('refuses %j', (args, named) => {
  expect(() => readCommand(args)).toThrow(UsageError)
  expect(() => readCommand(args)).toThrow(named)
})

it('knows a command also behind its options, and their values from words', () => {
  expect(readCommand(['--data', 'doctor', 'export', 'id'])).toMatchObject({ name: 'export', given: { session: 'id' } })
})

it('tells of every option in its help', () => {
  for (const { flag } of each) expect(help(null)).toMatch(new RegExp(`--${flag}\\b`))
  for (const { about } of each) expect(help(null)).toContain(about)
})

it.each(Object.keys(commands))(
  '%s --help tells of it alone: an example that it takes, its options and its exit codes',
  (name) => {
    const asked = readCommand([name, '--help'])
    expect(asked).toEqual({ name: 'help', of: name })
    expect(readCommand(['help', name])).toEqual(asked)
    const command = commands[name as CommandName]
    const text = help(name as CommandName)
    expect(text).toContain(`Usage: colophon ${name} `)
    expect(text).toMatch(/^ {2}2 +wrong usage$/m)
    for (const { flag } of Object.values(command.options)) expect(text).toContain(`--${flag}`)
    // Of lines of a shell that do more than to call it, the help is believed.
    const [typed = ''] = command.examples
      .map(([line]) => line)
      .filter((line) => line.startsWith('colophon ') && !/[|>]/.test(line))
    if (typed !== '') expect(readCommand(typed.split(' ').slice(1)).name).toBe(name)
  },
)

it.each([60, 80, 200])(
  'fits its help into %d columns, without a word less, and leaves whole what is to be typed',
  (width) => {
    const words = (text: string): string => text.replaceAll(/\s+/g, ' ')
    for (const of of [null, ...(Object.keys(commands) as CommandName[])]) {
      const typed = Object.values(commands as Readonly<Record<string, Command>>).flatMap(({ examples }) =>
        examples.map(([line]) => `  ${line}`),
      )
      const text = helpOn(help(of), { width, colour: false, unicode: true })
      expect(words(text)).toBe(words(help(of)))
      const wide = text.split('\n').filter((line) => line.length > width && !typed.includes(line))
      // A word that is longer than its column is as long as it is.
      expect(wide.filter((line) => line.trim().split(/ {2,}/).at(-1)?.includes(' '))).toEqual([])
      expect(helpOn(help(of), { width, colour: false, unicode: false })).toMatch(/^[\n\u0020-\u007e]*$/)
    }
  },
)
