import { randomUUID } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { readTlsFiles } from '../engine/forwarding/tls-files.ts'
import { explained, hasBrokenOff, isTooLong } from './failure-words.ts'
import { limitsToSet } from './limits.ts'
import { Left, stopped, waiting } from './waited-for.ts'
import type { ClickHouseClient, ClickHouseClientConfigOptions, Row } from '@clickhouse/client'

export interface Connection {
  readonly url: string
  readonly user: string
  readonly password: string
  /** Of the tables that the Collector writes. */
  readonly database: string
  /** Of an authority that the system does not know, and of this client: paths of files in PEM. */
  readonly caFile?: string | null
  readonly certFile?: string | null
  readonly keyFile?: string | null
  /** How long the server may be silent; left out: two minutes. */
  readonly patienceMs?: number
}

/** Bound to the names in the query, as `{name:Type}`: no query is put together from what came from outside. */
export type Params = Readonly<Record<string, unknown>>

/** Can ask, and has no way to write. */
export interface TeamReader {
  readonly rows: <T>(query: string, params?: Params) => Promise<readonly T[]>
  /** The same as they come, some hundred at a time. */
  readonly stream: <T>(query: string, params?: Params) => AsyncIterable<readonly T[]>
  /** The same with each row as a list of its values, which is half as much to read. */
  readonly values: <T>(query: string, params?: Params) => AsyncIterable<readonly T[]>
  /** Whatever is being asked is given up, here and there. */
  readonly stop: () => Promise<void>
  readonly close: () => Promise<void>
}

type Format = 'JSONEachRow' | 'JSONCompactEachRow'

const usualPatienceMs = 120_000

/** The client is loaded here, when somebody has a team's store to look at. Nothing is sent before the first question. */
export async function connect(
  connection: Connection,
  settings: Readonly<Record<string, string>> = {},
): Promise<ClickHouseClient> {
  const { url, user, password, database } = connection
  const tls = tlsOf(connection)
  const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client')
  return createClient({
    url,
    username: user,
    password,
    application: 'colophon',
    // What fails is thrown, and told where it is caught.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: connection.patienceMs ?? usualPatienceMs,
    // Thousands of ids do not fit into an address.
    use_multipart_params_auto: true,
    // What a query names `otel_…` lies there. It is no setting, so that a user who may change none can ask.
    database,
    clickhouse_settings: settings,
    ...(tls === null ? {} : { tls }),
  })
}

function tlsOf({
  caFile = null,
  certFile = null,
  keyFile = null,
}: Connection): NonNullable<ClickHouseClientConfigOptions['tls']> | null {
  if ((certFile === null) !== (keyFile === null))
    throw new Error('a client certificate and its key are given together, or neither')
  const { ca, cert, key } = readTlsFiles({ caFile, certFile, keyFile })
  if (ca === null && cert === null) return null
  // The client wants an authority; without one of their own it is the system's.
  const ca_cert = ca ?? Buffer.from(rootCertificates.join('\n'))
  return cert === null || key === null ? { ca_cert } : { ca_cert, cert, key }
}

/**
 * A reader through which nothing can be written, whatever its user may do: it has no way to, and the server is told to take nothing else.
 * Who may change no setting is read-only there already. Throws where the server does not say that it is so.
 */
export async function connectReadOnly(connection: Connection): Promise<TeamReader> {
  const asked = readerOf(await connect(connection))
  const given: Record<string, string> = {}
  try {
    const isBound = await isReadOnly(asked)
    Object.assign(given, await limitsToSet(asked))
    if (isBound && Object.keys(given).length === 0) return asked
    if (!isBound) given['readonly'] = '1'
  } catch (error) {
    await asked.close()
    throw error
  }
  await asked.close()
  const bound = readerOf(await connect(connection, given))
  if (await isReadOnly(bound)) return bound
  await bound.close()
  throw new Error('the server does not take it that this connection only reads')
}

/** 1: reads alone. 2 may change settings, `readonly` not among them. */
async function isReadOnly(reader: TeamReader): Promise<boolean> {
  const [row] = await reader.rows<{ readonly: string }>("SELECT toString(getSetting('readonly')) AS readonly")
  return row?.readonly === '1' || row?.readonly === '2'
}

export function readerOf(client: ClickHouseClient): TeamReader {
  const running = new Map<string, AbortController>()
  /** What the server is being told to end: closing the client would take it back. */
  const killing = new Set<Promise<unknown>>()

  /** The server goes on with what nobody waits for, unless it is told: its own questions everybody may end who sees them. */
  async function kill(ids: readonly string[]): Promise<void> {
    const query = 'KILL QUERY WHERE query_id IN {ids:Array(String)} ASYNC'
    if (ids.length === 0) return
    const told = client.command({ query, query_params: { ids } }).catch(() => undefined)
    killing.add(told)
    await told
    killing.delete(told)
  }

  /** Once more where the connection broke off before anything was given on: a question changes nothing. */
  async function* stream<T>(
    query: string,
    params: Params = {},
    format: Format = 'JSONEachRow',
  ): AsyncGenerator<readonly T[]> {
    let isBegun = false
    try {
      for await (const rows of ask<T>(query, params, format)) {
        isBegun = true
        yield rows
      }
    } catch (error) {
      if (isBegun || !hasBrokenOff(error)) throw error
      yield* ask<T>(query, params, format)
    }
  }

  async function* ask<T>(query: string, params: Params, format: Format): AsyncGenerator<readonly T[]> {
    const query_id = `colophon-${randomUUID()}`
    const given = new AbortController()
    const asker = waiting()
    const leave = (): void => {
      given.abort()
      void kill([query_id])
    }
    if (asker?.aborted) throw new Left()
    asker?.addEventListener('abort', leave)
    running.set(query_id, given)
    try {
      const result = await client.query({
        query,
        query_id,
        query_params: { ...params },
        format,
        abort_signal: given.signal,
      })
      for await (const rows of result.stream<T>() as AsyncIterable<Row<T>[]>) {
        if (given.signal.aborted) throw stopped()
        yield rows.map((row) => row.json<T>())
      }
    } catch (error) {
      if (asker?.aborted) throw new Left()
      if (given.signal.aborted) throw stopped()
      if (isTooLong(error) || hasBrokenOff(error)) void kill([query_id])
      throw explained(error)
    } finally {
      asker?.removeEventListener('abort', leave)
      running.delete(query_id)
    }
  }

  async function stop(): Promise<void> {
    const ids = [...running.keys()]
    for (const one of running.values()) one.abort()
    await kill(ids)
  }

  return {
    stream: (query, params) => stream(query, params),
    values: (query, params) => stream(query, params, 'JSONCompactEachRow'),
    rows: async <T>(query: string, params: Params = {}): Promise<readonly T[]> => {
      const all: T[] = []
      for await (const rows of stream<T>(query, params)) for (const row of rows) all.push(row)
      return all
    },
    stop,
    close: async () => {
      await stop()
      await Promise.all(killing)
      await client.close()
    },
  }
}
