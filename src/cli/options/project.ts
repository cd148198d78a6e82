import { command, noWords } from '../command.ts'
import { onOff, valued } from '../option.ts'
import { UsageError } from '../usage-error.ts'
import { factsDatabase, teamConnection, teamPlace } from './team.ts'

const shard = valued(
  { flag: 'shard', takes: 'N/M', about: 'the Nth of M that run side by side (1/1)' },
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
    about: "derive facts from what a Collector has written to a team's ClickHouse",
    examples: [['colophon project --clickhouse http://127.0.0.1:8123 --once', 'process what is there, then exit']],
    options: {
      ...teamConnection,
      factsDatabase,
      shard,
      once: onOff('once', 'exit when everything is processed, instead of waiting for more'),
      hashUsers: onOff('hash-users', 'store a hash instead of each user’s identity ($COLOPHON_HASH_KEY is its secret)'),
      json: onOff('json', 'print JSON, one line each time'),
    },
  },
  (words, given) => ({ ...noWords('project')(words), place: teamPlace('project', given) }),
)

export type ProjectOptions = ReturnType<typeof projectCommand.read>
