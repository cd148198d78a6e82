import { command } from '../command.ts'
import { dataDir, json } from './common.ts'
import { oneSession, whichSession } from './one-session.ts'

export const explainCommand = command(
  {
    operands: '[ID|last]',
    about: `explain why a session was slow or expensive, and what would help; ${whichSession}`,
    examples: [['colophon explain last', 'why the newest session of this folder was slow']],
    options: { json, dataDir },
  },
  oneSession('explain'),
)

export type ExplainOptions = ReturnType<typeof explainCommand.read>
