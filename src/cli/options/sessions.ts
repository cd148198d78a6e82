import { command } from '../command.ts'
import { count, folder, onOff } from '../option.ts'
import { dataDir, json } from './common.ts'
import { since } from './since.ts'

export const sessionsCommand = command(
  {
    operands: '[WORDS]',
    about: 'list sessions, the newest first; WORDS are looked for in titles, prompts, folders and ids',
    examples: [
      ['colophon sessions --since 7d', 'those of the last seven days'],
      ['colophon sessions --project . flaky test', 'those of this project that are about flaky tests'],
    ],
    options: {
      since: since('only sessions that did anything since', null),
      project: folder('project', 'only of the project that DIR belongs to', null),
      helpers: onOff('helpers', 'with the sessions that Codex started on its own'),
      limit: count('limit', 'at most so many (20)', 20),
      json,
      dataDir,
    },
  },
  (words) => ({ words: words.join(' ').trim() }),
)

export type SessionsOptions = ReturnType<typeof sessionsCommand.read>
