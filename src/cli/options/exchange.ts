import { exportFormats, redactionKinds, type RedactionKind } from '../../contract/export-choices.ts'
import { command } from '../command.ts'
import { choice, onOff, valued } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir } from './common.ts'
import { namedSession, whichNamed } from './one-session.ts'

export const exportCommand = command(
  {
    operands: 'ID|last',
    about: `write a session and its helpers to a file; ${whichNamed}`,
    examples: [
      ['colophon export 01a1f846-d5c6 -o session.json', 'a file that another Colophon can import'],
      ['colophon export last --format markdown --redact all', 'a summary to paste into a ticket'],
    ],
    options: {
      format: choice(
        {
          flag: 'format',
          takes: 'FORMAT',
          about: 'json (with the original records), otlp (OTLP/JSON lines), perfetto, markdown (json)',
        },
        exportFormats,
        'json' as const,
      ),
      redact: valued(
        { flag: 'redact', takes: 'KINDS', about: `leave out: ${redactionKinds.join(',')} or all` },
        [],
        readKinds,
      ),
      conversation: onOff('conversation', "include what was said and done, from Codex's own session files (json)"),
      /** null: standard output. */
      output: valued(
        { flag: 'output', short: 'o', takes: 'FILE', about: 'where to write (standard output)' },
        null,
        (text) => (text === '-' ? null : text),
      ),
      force: onOff('force', 'overwrite an existing file'),
      dataDir,
    },
  },
  namedSession('export'),
)

export const importCommand = command(
  {
    operands: 'FILE...',
    about: 'import exported sessions and OTLP: JSON, JSON lines, protobuf, or gzip of these',
    examples: [['colophon import session.json', 'a session that someone sent you']],
    options: {
      intoReceived: onOff('into-received', 'even if it adds records to sessions that Colophon received itself'),
      dataDir,
    },
  },
  (files) => {
    if (files.length === 0) throw new UsageError('import needs the names of files')
    if (files.some((file) => file === '')) throw new UsageError('a file name is empty')
    return { files }
  },
)

export type ExportOptions = ReturnType<typeof exportCommand.read>
export type ImportOptions = ReturnType<typeof importCommand.read>

function readKinds(text: string): readonly RedactionKind[] {
  if (text === 'all') return redactionKinds
  const kinds = text.split(',').map((word) => redactionKinds.find((kind) => kind === word.trim()))
  if (kinds.includes(undefined))
    throw new UsageError(`--redact takes all, or some of ${redactionKinds.join(', ')}, not “${text}”`)
  return kinds.filter((kind) => kind !== undefined)
}
