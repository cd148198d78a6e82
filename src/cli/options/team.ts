import { isOpenToAll, teamDatabase } from '../../contract/team-address.ts'
import { onOff, valued, type Option } from '../option.ts'
import { UsageError } from '../usage-error.ts'

const url = valued({ flag: 'clickhouse', takes: 'URL', about: "URL of the server's HTTP interface" }, null, (text) => {
  const parsed = URL.canParse(text) ? new URL(text) : null
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    throw new UsageError(`--clickhouse takes a URL of http or https, not “${text}”`)
  if (parsed.username !== '' || parsed.password !== '')
    throw new UsageError('--clickhouse takes no password in its URL: use --user and COLOPHON_CLICKHOUSE_PASSWORD')
  return text
})

function database(flag: string, about: string, usual: string): Option<string> {
  return valued({ flag, takes: 'NAME', about: `${about} (${usual})` }, usual, (text) => {
    if (!teamDatabase.test(text))
      throw new UsageError(`--${flag} takes a name without quotes, backslashes and control characters, not “${text}”`)
    return text
  })
}

const file = (flag: string, about: string): Option<string | null> =>
  valued({ flag, takes: 'FILE', about }, null, (text) => text)

/** Where a team's records are; the password is better told by the environment. */
export const teamConnection = {
  url,
  user: valued({ flag: 'user', takes: 'NAME', about: 'user of ClickHouse (default)' }, 'default', (text) => text),
  password: valued(
    {
      flag: 'password',
      takes: 'TEXT',
      about: 'password of the user (better $COLOPHON_CLICKHOUSE_PASSWORD, which no list of processes shows)',
    },
    null,
    (text) => text,
  ),
  database: database('database', "database of the Collector's tables", 'otel'),
  caFile: file('ca', 'certificate of an authority that the system does not know, in PEM'),
  certFile: file('cert', 'certificate of this client, in PEM'),
  keyFile: file('key', "that certificate's key, in PEM"),
  plainHttp: onOff('plain-http', 'send the password without TLS, as between containers of one machine'),
}

export const factsDatabase = database('facts-database', "database of Colophon's own tables", 'colophon')

/** A server, and where on it the facts are. */
export interface TeamPlace {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly database: string
  readonly factsDatabase: string
  readonly caFile: string | null
  readonly certFile: string | null
  readonly keyFile: string | null
}

/** As options say it. */
type Given = Omit<TeamPlace, 'url' | 'password'> & {
  readonly url: string | null
  readonly password: string | null
  readonly plainHttp: boolean
}

/** What a command needs of the options above; `who` is the command as it was called. */
export function teamPlace(who: string, given: Given): TeamPlace {
  const { user, database, factsDatabase: facts, caFile, certFile, keyFile } = given
  const password = given.password ?? process.env['COLOPHON_CLICKHOUSE_PASSWORD'] ?? ''
  return { url: needUrl(who, given), user, password, database, factsDatabase: facts, caFile, certFile, keyFile }
}

/** Nothing says where a team's server is but the one who calls. */
function needUrl(command: string, { url: given, plainHttp }: Pick<Given, 'url' | 'plainHttp'>): string {
  if (given === null) throw new UsageError(`${command} needs --clickhouse URL`)
  if (isOpenToAll(given) && !plainHttp)
    throw new UsageError(
      `--clickhouse ${given} would send the password for all to read: use https, or --plain-http where nobody else is on the way`,
    )
  return given
}
