import type { ClickHouseClient, Row } from '@clickhouse/client'

export interface Connection {
  readonly url: string
  readonly user: string
  readonly password: string
  /** Of the tables that the Collector writes. */
  readonly database: string
}

/** Bound to the names in the query, as `{name:Type}`: no query is put together from what came from outside. */
export type Params = Readonly<Record<string, unknown>>

/** Can ask, and has no way to write. */
export interface TeamReader {
  readonly rows: <T>(query: string, params?: Params) => Promise<readonly T[]>
  /** The same as they come, some hundred at a time. */
  readonly stream: <T>(query: string, params?: Params) => AsyncIterable<readonly T[]>
  readonly close: () => Promise<void>
}

/** How long the server may be silent. */
const patienceMs = 120_000

/** The client is loaded here, when somebody has a team's store to look at. Nothing is sent before the first question. */
export async function connect({ url, user, password, database }: Connection): Promise<ClickHouseClient> {
  const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client')
  return createClient({
    url,
    username: user,
    password,
    application: 'colophon',
    // What fails is thrown, and told where it is caught.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: patienceMs,
    // Thousands of ids do not fit into an address.
    use_multipart_params_auto: true,
    // What a query names `otel_…` lies there. It is no setting, so that a user who may change none can ask.
    database,
  })
}

export function readerOf(client: ClickHouseClient): TeamReader {
  async function* stream<T>(query: string, params: Params = {}): AsyncGenerator<readonly T[]> {
    const result = await client.query({ query, query_params: { ...params }, format: 'JSONEachRow' })
    for await (const rows of result.stream<T>() as AsyncIterable<Row<T>[]>) yield rows.map((row) => row.json<T>())
  }
  return {
    stream,
    rows: async <T>(query: string, params: Params = {}): Promise<readonly T[]> => {
      const all: T[] = []
      for await (const rows of stream<T>(query, params)) for (const row of rows) all.push(row)
      return all
    },
    close: () => client.close(),
  }
}
