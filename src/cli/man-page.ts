import type { Command } from './command.ts'
import { everyCommand } from './commands.ts'
import { exitsOf } from './help.ts'
import type { Option } from './option.ts'

/** The manual page in the language of man(7), made of the very declarations that the help is made of. */
export function manPage(version: string): string {
  return [
    `.TH COLOPHON 1 "" "Colophon ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'colophon \\- show how each Codex session was made: where the time went and what failed',
    '.SH SYNOPSIS',
    '.B colophon',
    '.br',
    '.B colophon',
    '.I COMMAND',
    '[options]',
    '.SH DESCRIPTION',
    'Colophon receives the OpenTelemetry data of the Codex CLI on this machine, keeps it in SQLite, and shows how each session was made.',
    'Without a command it opens the app. Commands that only read work with or without a running Colophon.',
    '.SH COMMANDS',
    ...everyCommand.flatMap(([name, command]) => commandLines(name, command)),
    '.SH ENVIRONMENT',
    ...variables.flatMap(([name, says]) => ['.TP', `.B ${roff(name)}`, roff(says)]),
    '.SH EXIT STATUS',
    ...exitsOf({ exits: {} }).flatMap(([code, says]) => ['.TP', `.B ${code}`, roff(says)]),
    'Other codes are listed with each command.',
    '',
  ].join('\n')
}

const variables = [
  ['CODEX_HOME', "Codex's folder (~/.codex)"],
  ['XDG_DATA_HOME', 'where the database’s folder is (~/.local/share)'],
  ['NO_COLOR, FORCE_COLOR', 'no colours, or colours even without a terminal'],
  ['COLUMNS', 'the width of lines without a terminal (80)'],
] as const

function commandLines(name: string, { about, operands, options, examples, exits = {} }: Command): string[] {
  return [
    `.SS ${roff(name)} ${roff(operands)}`.trimEnd(),
    roff(`${about[0]?.toUpperCase() ?? ''}${about.slice(1)}.`),
    ...Object.values(options).flatMap(optionLines),
    ...Object.entries(exits).flatMap(([code, says]) => ['.TP', `.B exit code ${code}`, roff(says)]),
    ...examples.flatMap(([typed, does]) => ['.PP', `${roff(does)}:`, '.PP', '.EX', `    ${roff(typed)}`, '.EE']),
  ]
}

function optionLines({ flag, short, takes, about }: Option<unknown>): string[] {
  const names = [...(short === undefined ? [] : [`-${short}`]), `--${flag}`].map((name) => `\\fB${roff(name)}\\fR`)
  return ['.TP', `${names.join(', ')}${takes === null ? '' : ` \\fI${roff(takes)}\\fR`}`, roff(about)]
}

/** Text that is nothing else to roff: no escape, no request, dashes as they are typed, and what is beyond ASCII by its number. */
function roff(text: string): string {
  const plain = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replace(
      /[^\u0000-\u007f]/gu,
      (sign) => `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
  return plain.startsWith('.') ? `\\&${plain}` : plain
}
