import { command } from '../command.ts'
import { dataDir, json } from './common.ts'
import { namedSession, whichNamed } from './one-session.ts'

export const resumeCommand = command(
  {
    operands: 'ID|last',
    about: `print the command that resumes a session in its folder; ${whichNamed}`,
    examples: [
      ['colophon resume 01a1f846-d5c6', 'cd /home/ada/shop && codex resume 01a1f846-d5c6-…'],
      ['eval "$(colophon resume last)"', 'resume the newest session of this folder'],
    ],
    options: { json, dataDir },
  },
  namedSession('resume'),
)

export type ResumeOptions = ReturnType<typeof resumeCommand.read>
