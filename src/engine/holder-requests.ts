import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync, watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import type { Value } from '../contract/index.ts'
import { procedures } from '../contract/index.ts'
import type { Result } from '../contract/result.ts'
import type { Handlers } from './dispatch.ts'
import { makeFolder } from './make-folder.ts'
import { writeOwnFile } from './own-file.ts'
import { isAlive, isHeld, readHolder } from './store/holder.ts'

/** What commands ask of it. */
export type AskedProcedure = 'history.scan' | 'history.status' | 'history.forget' | 'finding.fixed'

/**
 * How a command asks the Colophon that holds the data folder, whichever host it is: a file that it leaves there, and one that it gets
 * back, in a folder of their own, so that a watch of it hears of nothing else. It is its owner's alone.
 */
const folderOf = (dataDir: string): string => join(dataDir, 'asks')
const askFile = (dataDir: string): string => join(folderOf(dataDir), 'ask.json')
const answerFile = (dataDir: string, id: string): string => join(folderOf(dataDir), `answer-${id}.json`)
/** Who waits for an answer looks so often. */
const lookEveryMs = 250
/** What no watch told of is found by then. */
const lookAnywayMs = 5000

interface Request {
  readonly id: string
  readonly name: AskedProcedure
  readonly params: unknown
}

/** Looks for requests until it is stopped. */
export function answerRequests(dataDir: string, handlers: Pick<Handlers, AskedProcedure>): () => void {
  const answer = async ({ id, name, params }: Request): Promise<void> => {
    let result: Result<unknown>
    try {
      const handler = handlers[name] as (params: unknown) => Promise<Result<unknown>>
      result = await handler(procedures[name].params.parse(params))
    } catch (error) {
      result = {
        ok: false,
        error: { code: 'internal', message: error instanceof Error ? error.message : String(error) },
      }
    }
    writeOwnFile(answerFile(dataDir, id), JSON.stringify(result))
  }
  const look = (): void => {
    const path = askFile(dataDir)
    if (!existsSync(path)) return
    try {
      const request = JSON.parse(readFileSync(path, 'utf8')) as Request
      rmSync(path, { force: true })
      if (/^[0-9a-f-]{36}$/.test(request.id) && Object.hasOwn(handlers, request.name)) void answer(request)
    } catch {
      rmSync(path, { force: true })
    }
  }
  makeFolder(folderOf(dataDir))
  const watcher = watchFolder(folderOf(dataDir), look)
  const looking = setInterval(look, lookAnywayMs)
  look()
  return () => {
    clearInterval(looking)
    watcher?.close()
  }
}

/** null where nothing more can be watched: the look finds it. */
function watchFolder(folder: string, changed: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, changed)
    watcher.on('error', () => {
      watcher.close()
    })
    return watcher
  } catch {
    return null
  }
}

/** Does `alone` what is asked, in a folder that it locks; where another Colophon holds the folder, that one does it. */
export async function aloneOrByHolder<N extends AskedProcedure>(
  dataDir: string,
  name: N,
  params: unknown,
  alone: () => Value<N> | Promise<Value<N>>,
): Promise<Value<N>> {
  try {
    return await alone()
  } catch (error) {
    if (!isHeld(error)) throw error
  }
  const result = await askHolder(dataDir, name, params)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** Waits as long as the one that is asked runs. */
async function askHolder<N extends AskedProcedure>(
  dataDir: string,
  name: N,
  params: unknown,
): Promise<Result<Value<N>>> {
  const id = randomUUID()
  const holder = readHolder(dataDir)
  makeFolder(folderOf(dataDir))
  writeOwnFile(askFile(dataDir), JSON.stringify({ id, name, params } satisfies Request))
  const path = answerFile(dataDir, id)
  while (!existsSync(path)) {
    if (holder === null || !isAlive(holder)) throw new Error('the Colophon that was asked has ended')
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
  const text = readFileSync(path, 'utf8')
  rmSync(path, { force: true })
  return JSON.parse(text) as Result<Value<N>>
}
