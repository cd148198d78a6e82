import type { Signal } from '../../model/signal.ts'

/** The member of a request that holds its records. */
export const signalOfKey = {
  resourceSpans: 'traces',
  resource_spans: 'traces',
  resourceLogs: 'logs',
  resource_logs: 'logs',
  resourceMetrics: 'metrics',
  resource_metrics: 'metrics',
} as const satisfies Record<string, Signal>

export const requestKeys = Object.keys(signalOfKey) as (keyof typeof signalOfKey)[]

const request = new RegExp(`^\\{\\s*"(${requestKeys.join('|')})"\\s*:`)
const session = /^\{\s*"format"\s*:\s*"/
const longest = 200

/** The key of the request that begins here, if one does. */
export function leadingKey(bytes: Buffer): keyof typeof signalOfKey | undefined {
  return request.exec(bytes.toString('latin1', 0, longest).trimStart())?.[1] as keyof typeof signalOfKey | undefined
}

/**
 * What begins at a brace. No text can hold one, for its quotes would be escaped in there; and no request holds another.
 */
export function documentStart(bytes: Buffer, at: number): 'request' | 'session' | null {
  if (bytes[at] !== 0x7b) return null
  let next = at + 1
  while (next < at + longest && (bytes[next] ?? 0x21) <= 0x20) next++
  if (bytes[next] !== 0x22 || (bytes[next + 1] !== 0x72 && bytes[next + 1] !== 0x66)) return null
  const text = bytes.toString('latin1', at, at + longest)
  return request.test(text) ? 'request' : session.test(text) ? 'session' : null
}
