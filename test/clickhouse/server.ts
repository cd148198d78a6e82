import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { nodeCommand } from '../node-command.ts'
import type { Engine } from './engine.ts'
import { element, passwordOf, usersXml, type UserName } from './users.ts'

export interface ClickHouse {
  readonly url: string
  /** What a query answers, as text; throws what the server says. */
  readonly ask: (query: string, as?: UserName) => Promise<string>
  readonly insert: (table: string, lines: readonly string[]) => Promise<void>
  readonly stop: () => Promise<void>
}

const host = fileURLToPath(new URL('./host.mjs', import.meta.url))

/** A ClickHouse on a free port of loopback and in a folder of its own, both gone when it is stopped. */
export async function startClickHouse(engine: Engine): Promise<ClickHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-clickhouse-'))
  const inFolder = (name: string): string => join(folder, name)
  writeFileSync(inFolder('users.xml'), usersXml())
  writeFileSync(inFolder('config.xml'), configXml(inFolder('users.xml')))
  const queries = [
    'SYSTEM START LISTEN HTTP',
    `SELECT getServerPort('http_port') INTO OUTFILE '${inFolder('port')}' FORMAT TSV`,
    // Waits for the end of its input: when this process goes, for whatever reason, so does the server.
    "SELECT * FROM file('-', 'LineAsString') FORMAT Null",
  ]
  const log = openSync(inFolder('host.log'), 'w')
  const [command, args] = nodeCommand(
    host,
    ...[engine.ffi, engine.library, `--config-file=${inFolder('config.xml')}`, `--path=${inFolder('store')}`],
    ...['--http_port=0', '--listen_host=127.0.0.1', `--query=${queries.join('; ')}`],
  )
  const child = spawn(command, args, { cwd: folder, stdio: ['pipe', log, log] })
  closeSync(log)
  child.stdin?.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    // There is nothing in the folder to lose, and in good order it would wait for connections that clients keep.
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }

  async function port(): Promise<string> {
    if (child.exitCode !== null)
      throw new Error(`ClickHouse did not start: ${readFileSync(inFolder('host.log'), 'utf8')}`)
    const found = readFileSync(inFolder('port'), 'utf8').trim()
    await fetch(`http://127.0.0.1:${found}/ping`)
    return found
  }

  try {
    const url = `http://127.0.0.1:${await until(port)}`
    const send = async (query: string, body: string, as: UserName): Promise<string> => {
      const headers = { 'X-ClickHouse-User': as, 'X-ClickHouse-Key': passwordOf(as) }
      const answer = await fetch(`${url}/?query=${encodeURIComponent(query)}`, { method: 'POST', headers, body })
      const text = await answer.text()
      if (!answer.ok) throw new Error(text.trim())
      return text.trim()
    }
    return {
      url,
      stop,
      ask: (query, as = 'default') => send('', query, as),
      insert: async (table, lines) => {
        if (lines.length > 0) await send(`INSERT INTO ${table} FORMAT JSONEachRow`, lines.join('\n'), 'default')
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function configXml(usersFile: string): string {
  const settings = [
    element('logger', element('level', 'none')),
    // Clients keep connections while a busy machine lets them wait.
    element('keep_alive_timeout', '600'),
    element('users_config', usersFile),
    element('user_directories', element('users_xml', element('path', usersFile))),
    element('max_server_memory_usage', String(2 * 1024 ** 3)),
    element('mark_cache_size', String(64 * 1024 ** 2)),
  ]
  return element('clickhouse', settings.join(''))
}

/** Far beyond what a start takes: what hangs is named, and a busy machine is waited for. */
const patienceMs = 240_000

async function until<T>(look: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(25)
    }
  }
}
