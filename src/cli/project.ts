import { setTimeout as sleep } from 'node:timers/promises'
import { plural } from '../contract/short-words.ts'
import type { CommandHost } from './command-host.ts'
import type { ProjectOptions } from './options/project.ts'
import { jsonLine } from './print.ts'
import { untilSignal } from './stop.ts'

/** How late facts are, where nothing is wrong. */
const everyMs = 10_000

/** Makes facts of what is new in a team's store, once or until it is stopped; what was cut off then is made anew the next time. */
export async function project(given: ProjectOptions, host: CommandHost): Promise<void> {
  const { shard, once, json, hashUsers } = given
  const { factsDatabase, ...connection } = given.place
  // Nobody else pays for a team's store.
  const { openProjector } = await import('../team/projection/project.ts')
  const projector = await openProjector({
    ...{ connection, factsDatabase, shard },
    ...(hashUsers ? { hashUsers: { key: process.env['COLOPHON_HASH_KEY'] ?? '' } } : {}),
  })
  const round = async (): Promise<void> => {
    const done = await projector.run()
    const { sessions, spans, logs, seconds, lagSeconds } = done
    const words = `${plural(sessions, 'session')} of ${plural(spans, 'span')} and ${plural(logs, 'log record')} in ${String(seconds)} s; ${String(lagSeconds)} s behind`
    if (once || sessions > 0) process.stdout.write(json ? jsonLine('project', done) : `${words}\n`)
  }
  try {
    if (once) await round()
    else await untilStopped((host.untilStopped ?? untilSignal)(), round)
  } finally {
    await projector.close()
  }
}

/** A server that is away for a while is waited for. */
async function untilStopped(stopping: Promise<void>, round: () => Promise<void>): Promise<void> {
  const stopped = new AbortController()
  void stopping.then(() => {
    stopped.abort()
  })
  const { signal } = stopped
  const cut = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
  while (!signal.aborted) {
    const told = round().catch((error: unknown) => {
      if (!signal.aborted) process.stderr.write(`colophon: ${error instanceof Error ? error.message : String(error)}\n`)
    })
    await Promise.race([told, cut])
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
  }
}
