const readsRecords = ['SELECT ON otel.*', 'TABLE ENGINE ON ReplacingMergeTree']

/** A user's password is the name; `default` has none and may do everything. */
export const users = {
  default: { settings: {}, grants: null },
  /** As on older servers: reads, and may not change a single setting. Where it lies it is another time, with half hours. */
  reader: {
    settings: { readonly: 1, enable_http_compression: 0, session_timezone: 'America/St_Johns' },
    grants: ['SELECT ON *.*'],
  },
  /** Reads what the Collector writes, and owns a database of facts. */
  keeper: {
    settings: { session_timezone: 'Pacific/Chatham' },
    grants: [
      ...readsRecords,
      'SELECT, INSERT, CREATE DATABASE, CREATE TABLE, ALTER, DROP TABLE, TRUNCATE ON colophon.*',
    ],
  },
  /** What becomes of that one when rights are taken from it: this server keeps users in a file, which it reads once. */
  silent: { settings: {}, grants: [...readsRecords, 'SELECT ON colophon.*'] },
  barred: { settings: {}, grants: ['SELECT ON system.one'] },
} as const satisfies Record<
  string,
  { settings: Readonly<Record<string, number | string>>; grants: readonly string[] | null }
>

/** To compile what is asked a few times costs more than it saves. */
const everyone = { compile_expressions: 0, compile_aggregate_expressions: 0, compile_sort_description: 0 }

export type UserName = keyof typeof users

export const passwordOf = (name: UserName): string => (name === 'default' ? '' : name)

export function usersXml(): string {
  const profiles = Object.entries(users).map(([name, { settings }]) =>
    element(name, elements({ ...everyone, ...settings })),
  )
  const entries = Object.entries(users).map(([name, { grants }]) =>
    element(
      name,
      [
        element('password', passwordOf(name as UserName)),
        element('networks', element('ip', '127.0.0.1')),
        element('profile', name),
        element('quota', 'default'),
        grants === null
          ? element('access_management', '1')
          : element('grants', grants.map((grant) => element('query', `GRANT ${grant}`)).join('')),
      ].join(''),
    ),
  )
  const parts = { profiles: profiles.join(''), quotas: '<default/>', users: entries.join('') }
  return element('clickhouse', elements(parts))
}

export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

function elements(members: Readonly<Record<string, string | number>>): string {
  return Object.entries(members)
    .map(([name, content]) => element(name, String(content)))
    .join('')
}
