import type { Placed } from './page-back.ts'

/** Where a record is, as a list names it and `explore.record` is asked. */
export type Ref =
  | { readonly signal: 'logs'; readonly timeNs: string; readonly order: string }
  | { readonly signal: 'traces'; readonly timeNs: string; readonly traceId: string; readonly spanId: string }

export const logRef = ({ timeNs, order }: Placed): string => `log:${timeNs}:${order}`

export const spanRef = (span: { readonly timeNs: string; readonly traceId: string; readonly spanId: string }): string =>
  `span:${span.timeNs}:${span.traceId}:${span.spanId}`

export function readRef(ref: string): Ref | null {
  const [, logNs, order] = /^log:(\d{1,19}):(\d{1,20})$/.exec(ref) ?? []
  if (logNs !== undefined && order !== undefined) return { signal: 'logs', timeNs: logNs, order }
  const [, timeNs, traceId, spanId] = /^span:(\d{1,19}):([0-9a-f]{32}):([0-9a-f]{16})$/.exec(ref) ?? []
  if (timeNs === undefined || traceId === undefined || spanId === undefined) return null
  return { signal: 'traces', timeNs, traceId, spanId }
}
