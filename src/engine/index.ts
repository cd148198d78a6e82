import type { Engine, EngineOptions } from './engine.ts'
import { startStoreThreads } from './store-threads.ts'

export type { Engine, EngineOptions, Keychain, ListenOptions, StartProcess } from './engine.ts'

/**
 * Opens the store and starts to receive. Rejects when the data folder cannot be used; a port that is taken is told in the
 * status instead, because the rest works without it.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  // The threads load their code and open the store while this one loads all that is around them.
  const [threads, { assemble }] = await Promise.all([startStoreThreads(options), import('./assemble.ts')])
  return assemble(options, threads)
}
