import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { startEngine } from '../engine/index.ts'
import type { CommandHost } from './command-host.ts'
import { untilSignal } from './stop.ts'
import type { ServeOptions } from './options/serve.ts'

export interface ServeHost extends CommandHost {
  readonly version: string
}

/** Runs until it is asked to stop, then closes what it opened. Rejects where the engine gives up. */
export async function serve(options: ServeOptions, host: ServeHost): Promise<void> {
  const { packageDir, version } = host
  const stopped = (host.untilStopped ?? untilSignal)()
  const { dataDir } = options
  const starting = startEngine({
    dataDir,
    version,
    grpc: { host: '127.0.0.1', port: options.otlpGrpcPort },
    http: { host: '127.0.0.1', port: options.otlpHttpPort },
    sampleDir: join(packageDir, 'resources', 'sample'),
    ...(host.startProcess === undefined ? {} : { startProcess: host.startProcess }),
    ...(options.silenceS === null ? {} : { silenceMs: options.silenceS * 1000 }),
  })
  // Loaded while the threads of the engine start, once its ports are open.
  const faces = turn().then(() =>
    Promise.all([import('./page.ts'), import('./announce.ts'), import('../engine/api/token.ts')]),
  )
  const engine = await starting.catch(async (error: unknown) => {
    const { readListening } = await import('../engine/receivers/listening-file.ts')
    const { page } = readListening(dataDir) ?? { page: null }
    // Whoever starts it twice wants to see it.
    if (page === null || !(error instanceof Error)) throw error
    throw new Error(`${error.message}; its page is ${page}`, { cause: error })
  })
  try {
    const [{ startPage }, { announce }, { loadToken }] = await faces
    const token = loadToken(dataDir)
    const page = await startPage(options, { engine, token, staticDir: join(packageDir, 'out', 'renderer') })
    engine.servesPage(page.url)
    await announce(options, { version, dataDir, token, url: page.url, engine })
    const failure = await Promise.race([stopped, engine.failed])
    await page.close()
    if (typeof failure === 'string') throw new Error(failure)
  } finally {
    await engine.close()
  }
}
