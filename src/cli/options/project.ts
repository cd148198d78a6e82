import { command, noWords } from '../command.ts'
import { onOff, valued } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { factsDatabase, needUrl, teamConnection } from './team.ts'

const shard = valued(
  { flag: 'shard', takes: 'N/M', about: 'the Nth of M that run beside each other (1/1)' },
  { number: 1, of: 1 },
  (text) => {
    const [, number, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []
    if (number === undefined || Number(number) > Number(of))
      throw new UsageError(`--shard takes N/M with N from 1 to M, not “${text}”`)
    return { number: Number(number), of: Number(of) }
  },
)

export const projectCommand = command(
  {
    operands: '',
    about: "make facts of what a Collector has written to a team's ClickHouse",
    examples: [['colophon project --clickhouse http://127.0.0.1:8123 --once', 'of all that is there, and end']],
    options: {
      ...teamConnection,
      factsDatabase,
      shard,
      once: onOff('once', 'end when all that is there is done, instead of waiting for more'),
      hashUsers: onOff(
        'hash-users',
        'keep a word for each user instead of who it is ($COLOPHON_HASH_KEY is the secret of it)',
      ),
      json: onOff('json', 'print JSON, a line each time'),
    },
  },
  (words, { url }) => ({ ...noWords('project')(words), url: needUrl('project', url) }),
)

export type ProjectOptions = ReturnType<typeof projectCommand.read>
