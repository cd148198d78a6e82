import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { procedures, type Params, type Value } from '../../../../src/contract/index.ts'
import { configHandlers } from '../../../../src/engine/config/index.ts'
import type { FileSystem } from '../../../../src/engine/config/file-system.ts'
import type { ReceiverAddresses } from '../../../../src/model/config/one-click.ts'
import { realFileSystem } from '../../../../src/engine/config/file-system.ts'

export const receivers = { http: '127.0.0.1:4318', grpc: '127.0.0.1:4317' }

type Name =
  'config.read' | 'config.homes' | 'config.draft' | 'config.plan' | 'config.apply' | 'config.undo' | 'config.doctor'

export interface ScratchHome {
  readonly home: string
  readonly file: string
  readonly dataDir: string
  readonly ask: <N extends Name>(name: N, params: Params<N>) => Promise<Value<N>>
  /** Plans and applies at once. */
  readonly apply: (request: Omit<Params<'config.apply'>, 'fingerprint'>) => Promise<Value<'config.apply'>>
  readonly write: (text: string) => void
  readonly read: () => string
  /** The same folder, with receivers elsewhere. */
  readonly withReceivers: (receivers: ReceiverAddresses) => ScratchHome
  /** Everything in the folder, sorted. */
  readonly files: () => readonly string[]
}

/** A Codex folder of its own, with a config.toml or without, gone when the test ends. */
export function scratchHome(text: string | Buffer | null, fs: FileSystem = realFileSystem): ScratchHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-config-')))
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true })
  })
  return homeAt(root, text, fs)
}

export function homeAt(
  home: string,
  text: string | Buffer | null,
  fs: FileSystem = realFileSystem,
  given: ReceiverAddresses = receivers,
): ScratchHome {
  const file = join(home, 'config.toml')
  if (text !== null) writeFileSync(file, text)
  const dataDir = join(home, 'data')
  const handlers = configHandlers({ dataDir, receivers: given, systemDir: join(home, 'system'), fs })
  const ask = async <N extends Name>(name: N, params: Params<N>): Promise<Value<N>> => {
    const handler = handlers[name] as (params: unknown) => Promise<{ ok: true; value: unknown } | { ok: false }>
    const answer = await handler(procedures[name].params.parse({ codexHome: home, ...params }))
    if (!answer.ok) throw new Error('a failure as a value')
    return procedures[name].result.parse(answer.value) as Value<N>
  }
  return {
    home,
    file,
    dataDir,
    write: (next) => {
      writeFileSync(file, next)
    },
    read: () => readFileSync(file, 'utf8'),
    withReceivers: (others) => homeAt(home, null, fs, others),
    ask,
    apply: async (request) => {
      const { fingerprint } = await ask('config.read', {})
      return ask('config.apply', { ...request, fingerprint })
    },
    files: () => readdirSync(home).sort(),
  }
}
