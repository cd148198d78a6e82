import type { Engine, EngineOptions } from './engine.ts'
import { holdPorts, releasePorts } from './receivers/held-ports.ts'
import { startStoreThreads } from './store-threads.ts'

export type { Engine, EngineOptions, Keychain, ListenOptions, StartProcess } from './engine.ts'

/**
 * Opens the store and starts to receive. Rejects when the data folder cannot be used; a port that is taken is told in the
 * status instead, because the rest works without it.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  // The threads load their code and open the store while this one loads all that is around them.
  const starting = startStoreThreads(options)
  // It is waited for below; it may reject before.
  starting.catch(() => undefined)
  // Waited for: to ask for the rest holds this thread for longer than all that came before.
  const held = await holdPorts(options)
  try {
    const [threads, { assemble }] = await Promise.all([starting, import('./assemble.ts')])
    return await assemble(options, threads, held)
  } catch (error) {
    releasePorts(held)
    throw error
  }
}
