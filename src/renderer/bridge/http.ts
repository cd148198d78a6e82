import type { Bridge } from '../../contract/bridge.ts'
import type { Changed } from '../../contract/changes.ts'
import type { Params, ProcedureName, Value } from '../../contract/index.ts'
import type { ErrorCode, Result } from '../../contract/result.ts'
import { nextTask } from '../data/next-task.ts'
import { openChangeStream } from './change-stream.ts'

export interface HttpBridgeOptions {
  /** Where the host is; empty for the page's own origin. */
  readonly base: string
  readonly token: string | null
  readonly onUnauthorized: () => void
}

/** Codes for answers that no dispatcher wrote, such as those of a proxy on the way. */
const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'unknown_procedure',
  413: 'too_large',
}

/** The bridge of a plain browser: `POST /api/<procedure>`, and Server-Sent Events at `/api/changes`. */
export function createHttpBridge({ base, token, onUnauthorized }: HttpBridgeOptions): Bridge {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const listeners = new Set<(changed: Changed) => void>()
  let close: (() => void) | null = null

  function open(): () => void {
    return openChangeStream({
      open: (signal) => fetch(`${base}/api/changes`, { headers: authorization, signal, cache: 'no-store' }),
      onChanged: (changed) => listeners.forEach((listener) => listener(changed)),
      onUnauthorized,
    })
  }

  return {
    async invoke<N extends ProcedureName>(name: N, params: Params<N>): Promise<Result<Value<N>>> {
      try {
        const response = await fetch(`${base}/api/${name}`, {
          method: 'POST',
          headers: { ...authorization, 'content-type': 'application/json' },
          body: JSON.stringify(params),
        })
        if (response.status === 401) onUnauthorized()
        const answer = await read(response)
        if (isResult<Value<N>>(answer)) return answer
        const code = codeOfStatus[response.status] ?? 'internal'
        return { ok: false, error: { code, message: `The host answered ${response.status}.` } }
      } catch {
        return {
          ok: false,
          error: { code: 'unavailable', message: 'Colophon is not responding. Is it still running?' },
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      close ??= open()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        close?.()
        close = null
      }
    },
  }
}

/** A block of bytes comes bare; everything else is a result in JSON. null for what no host of ours has written. */
async function read(response: Response): Promise<unknown> {
  if (response.ok && response.headers.get('content-type') === 'application/octet-stream')
    return { ok: true, value: new Uint8Array(await response.arrayBuffer()) }
  const text = await response.text()
  if (text.length > longText) await nextTask()
  const answer = parsed(text)
  if (text.length > longText) await nextTask()
  return answer
}

/** What is longer is parsed in a task of its own: it takes a slow processor as long as what is then made of it. */
const longText = 50_000

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * Only the envelope is looked at: the value inside was parsed by the schema of its procedure on the other side, which
 * is Colophon too and of the same version, for it serves this page.
 */
function isResult<T>(answer: unknown): answer is Result<T> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && ('value' in answer || 'error' in answer)
}
