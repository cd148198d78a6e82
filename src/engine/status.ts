import { statfs } from 'node:fs/promises'
import type { Value } from '../contract/index.ts'
import type { Result } from '../contract/result.ts'
import type { Status } from '../contract/status.ts'
import type { ReceiverCounters } from './counters.ts'
import type { Refusals } from './refusals.ts'
import type { Troubles } from './threads/troubles.ts'
import type { ReaderClient } from './worker-client.ts'

interface Given extends Pick<Status, 'version' | 'startedAtMs' | 'dataDir'> {
  readonly receivers: () => Status['receivers']
  readonly counters: ReceiverCounters
  readonly refused: Refusals
  readonly troubles: Troubles
  readonly reader: ReaderClient
}

type Size = Status['store'] & { sample: boolean }

/** Who asks what is wrong must not wait for what is wrong. */
const patienceMs = 2000

/** What the product says of itself, also while its reader is away: sizes are the last ones known then. */
export function engineStatus({ version, startedAtMs, dataDir, receivers, counters, refused, troubles, reader }: Given) {
  let known: Size | null = null

  async function size(): Promise<Result<Size>> {
    const asked = reader.call('store.size', {}) as Promise<Result<Size>>
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        resolve(null)
      }, patienceMs)
    })
    const answer = known === null ? await asked : await Promise.race([asked, late])
    clearTimeout(timer)
    if (answer?.ok) known = answer.value
    if (known !== null) return { ok: true, value: known }
    return answer ?? { ok: false, error: { code: 'unavailable', message: 'the store does not answer' } }
  }

  return async (): Promise<Result<Value<'status'>>> => {
    const found = await size()
    if (!found.ok) return found
    const { sample, ...store } = found.value
    return {
      ok: true,
      value: {
        version,
        pid: process.pid,
        startedAtMs,
        dataDir,
        receivers: receivers(),
        ...counters.read(),
        refusals: refused.read(),
        diskFreeBytes: await diskFree(dataDir),
        store,
        sample,
        troubles: [...troubles.list()],
      },
    }
  }
}

export async function diskFree(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
