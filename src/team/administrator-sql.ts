interface Places {
  readonly user: string
  readonly database: string
  readonly factsDatabase: string
}

/** What an administrator runs so that a user may read, and so that there are facts to read; '' where nothing is missing. */
export function administratorSql(
  { user, database, factsDatabase }: Places,
  missing: { readonly records: boolean; readonly facts: boolean },
): string {
  const [reader, records, facts] = [user, database, factsDatabase].map(quoted)
  const parts = [
    ...(missing.records || missing.facts
      ? [
          '-- Who looks: reads, and nothing else.',
          `CREATE SETTINGS PROFILE IF NOT EXISTS colophon_reader SETTINGS readonly = 1, max_execution_time = 60;`,
          `CREATE USER IF NOT EXISTS ${reader} IDENTIFIED BY '…' SETTINGS PROFILE colophon_reader;`,
          `GRANT SELECT ON ${records}.* TO ${reader};`,
          `GRANT SELECT ON ${facts}.* TO ${reader};`,
        ]
      : []),
    ...(missing.facts
      ? [
          '-- Who makes facts: colophon project.',
          `CREATE DATABASE IF NOT EXISTS ${facts};`,
          `CREATE USER IF NOT EXISTS colophon_projector IDENTIFIED BY '…';`,
          `GRANT SELECT ON ${records}.* TO colophon_projector;`,
          `GRANT SELECT, INSERT, CREATE TABLE, ALTER ON ${facts}.* TO colophon_projector;`,
          'GRANT TABLE ENGINE ON ReplacingMergeTree TO colophon_projector;',
        ]
      : []),
  ]
  return parts.join('\n')
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll(/[\\`]/g, String.raw`\$&`)}\``
}
