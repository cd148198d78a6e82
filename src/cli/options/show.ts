import { command } from '../command.ts'
import { count, seconds } from '../option.ts'
import { dataDir, json } from './common.ts'
import { oneSession, whichSession } from './one-session.ts'

const depth = count('depth', 'how deep to unfold rows: 1 turns, 2 their calls, 3 what those started (2)', 2)
const rows = count('rows', 'at most N rows of the waterfall (60)', 60)

export const showCommand = command(
  {
    operands: '[ID|last]',
    about: `show a session: verdict, where the time went, findings, waterfall, cost; ${whichSession}`,
    examples: [
      ['colophon show', 'the newest session of this folder'],
      ['colophon show 01a1f846-d5c6 --depth 1', 'a session by the beginning of its id, turns only'],
    ],
    options: { depth, rows, json, dataDir },
  },
  oneSession('show'),
)

export const watchCommand = command(
  {
    operands: '[ID|last]',
    about: `follow a session while it runs, in place, until stopped with Ctrl-C; ${whichSession}`,
    examples: [['colophon watch', 'the session running in this folder, or the next one']],
    options: { depth, intervalS: seconds('interval', 'how often to refresh (1)', 1), dataDir },
  },
  oneSession('watch'),
)

export type ShowOptions = ReturnType<typeof showCommand.read>
export type WatchOptions = ReturnType<typeof watchCommand.read>
