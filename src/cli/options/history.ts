import { command } from '../command.ts'
import { folder } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir, json } from './common.ts'

const works = ['scan', 'status', 'forget'] as const

export const historyCommand = command(
  {
    operands: 'scan|status|forget',
    about: "read Codex's own session files, say what was read, or forget it",
    examples: [['colophon history scan', 'read all of them, once']],
    exits: { 1: 'failed, or a folder that was named is not there' },
    options: {
      /** null: the homes of the settings. */
      codexHome: folder('codex-home', 'Codex’s folder ($CODEX_HOME or ~/.codex, and those in the settings)', null),
      dataDir,
      json,
    },
  },
  (words) => {
    const [word = 'status', ...rest] = words
    const what = works.find((work) => work === word)
    if (what === undefined || rest.length > 0)
      throw new UsageError(`history takes scan, status or forget, not “${words.join(' ')}”`)
    return { what }
  },
)

export type HistoryOptions = ReturnType<typeof historyCommand.read>
