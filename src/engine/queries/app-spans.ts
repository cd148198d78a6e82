import { spanIdOf } from '../../model/block/session-block.ts'
import { field } from '../../model/genai/fields.ts'
import type { AppCall, AppStep } from '../../model/genai/session.ts'
import type { Db } from '../store/database.ts'
import type { RecordReader, WholeRecord } from './records.ts'
import { attributesOf } from './row-log.ts'
import type { LoadedTree } from './session-tree.ts'

/** Of a row's spans, so many are read for what they say. */
const mostSpans = 50

/** Reads spans of a session's traces, and of others that tell of the same requests. */
export interface AppSpans {
  /** By trace/span; what names no span, or one that is no longer stored, is passed over. */
  named(keys: readonly string[]): WholeRecord[]
  /** All that are folded into a row. */
  folded(index: number): WholeRecord[]
  /** Where a log was written that told a call or step; of a tool's log, the tool's own span below that, where there is one. */
  around(log: { readonly traceId?: string; readonly spanId?: string }, item: AppCall | AppStep): WholeRecord[]
}

export function spansFor(db: Db, records: RecordReader, { spans, tree }: LoadedTree): AppSpans {
  const find = db.prepare<[Buffer, bigint], { body: number; at: number }>(
    'SELECT body, at FROM span WHERE trace = (SELECT id FROM trace WHERE trace_id = ?) AND span_id = ?',
  )
  const traceOf = db.prepare<[Buffer], number>('SELECT id FROM trace WHERE trace_id = ?').pluck()

  function named(keys: readonly string[]): WholeRecord[] {
    return keys.flatMap((key) => {
      const [, trace, span] = /^([0-9a-f]{32})\/([0-9a-f]{16})$/.exec(key) ?? []
      if (trace === undefined || span === undefined) return []
      const place = find.get(Buffer.from(trace, 'hex'), BigInt.asIntN(64, BigInt(`0x${span}`)))
      return place === undefined ? [] : [records.span(place.body, place.at)]
    })
  }

  function read(indexes: readonly number[]): WholeRecord[] {
    return indexes.map((span) => records.span(spans.body[span] ?? 0, spans.at[span] ?? 0))
  }

  function where(fits: (span: number) => boolean): number[] {
    const found: number[] = []
    for (let span = 0; span < spans.count && found.length < mostSpans; span++) if (fits(span)) found.push(span)
    return found
  }

  return {
    named,
    folded: (index) => read(where((span) => tree.rowOfSpan[span] === index)),
    around({ traceId, spanId }, item) {
      if (traceId === undefined || spanId === undefined) return []
      if (!('kind' in item) || item.kind !== 'tool') return named([`${traceId}/${spanId}`])
      const trace = traceOf.get(Buffer.from(traceId, 'hex')) ?? -1
      const below = where((span) => {
        const parent = spans.parent[span] ?? -1
        return spans.trace[span] === trace && parent >= 0 && spanIdAt(parent) === spanId
      })
      const away = (span: number): number => Math.abs((spans.end[span] ?? 0) - item.end)
      const nearest = below
        .filter((span) => read([span]).some((one) => field(attributesOf(one), 'tool') === item.name))
        .sort((a, b) => away(a) - away(b))
      return nearest.length > 0 ? read(nearest.slice(0, 1)) : named([`${traceId}/${spanId}`])
    },
  }

  function spanIdAt(span: number): string {
    return spanIdOf(spans.idHigh[span] ?? 0, spans.idLow[span] ?? 0)
  }
}
