import { command } from '../command.ts'
import { onOff } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { dataDir } from './common.ts'

export const explainCommand = command(
  {
    operands: '[ID|last]',
    about: 'say why a session was slow or expensive, and what would help; ID may be how the id begins',
    options: { dataDir, json: onOff('json', 'print JSON') },
  },
  (words) => {
    const [session = 'last', ...rest] = words
    if (session.trim() === '' || rest.length > 0)
      throw new UsageError(`explain takes one session, not “${words.join(' ')}”`)
    return { session }
  },
)

export type ExplainOptions = ReturnType<typeof explainCommand.read>
