interface Places {
  readonly user: string
  readonly database: string
  readonly factsDatabase: string
}

/** What an administrator runs so that a user may read, and so that there are facts to read; '' where nothing is missing. */
export function administratorSql(
  { user, database, factsDatabase }: Places,
  missing: { readonly records: boolean; readonly facts: boolean; readonly index: boolean },
): string {
  const [reader, records, facts] = [user, database, factsDatabase].map(quoted)
  const parts = [
    ...(missing.records || missing.facts
      ? [
          '-- Who looks: reads, and nothing else.',
          'CREATE SETTINGS PROFILE IF NOT EXISTS colophon_reader SETTINGS readonly = 2, max_execution_time = 60, max_memory_usage = 4000000000;',
          `CREATE USER IF NOT EXISTS ${reader} IDENTIFIED BY '…' SETTINGS PROFILE colophon_reader;`,
          `GRANT SELECT ON ${records}.* TO ${reader};`,
          `GRANT SELECT ON ${facts}.* TO ${reader};`,
          `GRANT SELECT ON system.processes TO ${reader};  -- so that what is stopped in the app ends on the server`,
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
    ...(missing.index
      ? [
          '-- Where sessions open slowly, as the Collector makes it in tables of its own: an index, which no answer depends on.',
          `ALTER TABLE ${records}.otel_logs ADD INDEX IF NOT EXISTS idx_log_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1;`,
          `ALTER TABLE ${records}.otel_logs MATERIALIZE INDEX idx_log_attr_value;`,
        ]
      : []),
  ]
  return parts.join('\n')
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll(/[\\`]/g, String.raw`\$&`)}\``
}
