interface Asks {
  readonly rows: <T>(query: string, params: Readonly<Record<string, unknown>>) => Promise<readonly T[]>
}

/**
 * What a question from here may cost the server, where its administrator has set nothing and lets this user: a minute, four gigabytes; and it
 * ends when nobody waits for it any more.
 */
const wanted: Readonly<Record<string, string>> = {
  max_execution_time: '60',
  max_memory_usage: '4000000000',
  cancel_http_readonly_queries_on_client_close: '1',
}

/** Those of them that this user may set, and for which nothing is set. */
export async function limitsToSet(reader: Asks): Promise<Readonly<Record<string, string>>> {
  const rows = await reader
    .rows<{ name: string }>(
      "SELECT name FROM system.settings WHERE name IN {names:Array(String)} AND readonly = 0 AND value IN ('0', '')",
      { names: Object.keys(wanted) },
    )
    // Who may not look may not set either.
    .catch(() => [])
  return Object.fromEntries(rows.map(({ name }) => [name, wanted[name] ?? '']))
}
