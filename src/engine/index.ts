import type { Engine, EngineOptions } from './engine.ts'
import { holdPorts, releasePorts } from './receivers/held-ports.ts'
import { startStoreThreads } from './store-threads.ts'

export type { Engine, EngineOptions, Keychain, ListenOptions, StartProcess } from './engine.ts'

/**
 * Opens the store and starts to receive. Rejects when the data folder cannot be used; a port that is taken is told in the
 * status instead, because the rest works without it.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  // The threads load their code and open the store while this one loads all that is around them; to ask for that takes longer than all before.
  const starting = startStoreThreads(options)
  const holding = holdPorts(options)
  const opening = Promise.all([starting, import('./assemble.ts')])
  try {
    const [threads, { assemble }] = await opening
    return await assemble(options, threads, await holding)
  } catch (error) {
    releasePorts(await holding)
    throw error
  }
}
