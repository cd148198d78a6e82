import { isCommandTool } from '../ledger/history.ts'
import { commandWords } from './command-words.ts'
import type { ToolCall } from './tool-calls.ts'

/** Programs that show what is there and change nothing, whatever they are asked. */
const readers: ReadonlySet<string> = new Set([
  ...[
    'cat',
    'head',
    'tail',
    'nl',
    'less',
    'ls',
    'wc',
    'stat',
    'file',
    'tree',
    'grep',
    'egrep',
    'fgrep',
    'pwd',
    'du',
    'which',
  ],
])
const gitReaders: ReadonlySet<string> = new Set(['status', 'diff', 'log', 'show', 'blame', 'ls-files', 'grep'])
/** Of these the last word is the file that is read. */
const fileReaders: ReadonlySet<string> = new Set(['cat', 'head', 'tail', 'nl', 'less', 'sed'])

/** What a command reads, where it is known to read alone: a file, or else the command itself. null: it may change something. */
export function readBy({ tool, row }: ToolCall): string | null {
  if (!isCommandTool(tool.tool)) return null
  const words = commandWords(row.detail)
  const program = words?.[0]
  if (words === null || program === undefined || !isReader(program, words)) return null
  const last = words.at(-1) ?? ''
  return fileReaders.has(program) && words.length > 1 && !last.startsWith('-') ? last : words.join(' ')
}

function isReader(program: string, words: readonly string[]): boolean {
  if (program === 'git') return gitReaders.has(words[1] ?? '') && !words.some((word) => word.startsWith('--output'))
  // ripgrep runs a program over each file where it is told to.
  if (program === 'rg') return !words.some((word) => word.startsWith('--pre'))
  // sed writes where it is told to edit in place, by -i or by a command of its script.
  if (program === 'sed') return words[1] === '-n' && /^\d+(?:,\d+)?p$/.test(words[2] ?? '') && words.length === 4
  return readers.has(program)
}
