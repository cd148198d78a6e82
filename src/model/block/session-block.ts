import type { Tree } from '../tree/build.ts'
import { partKind, rowKind, rowStatus, type TreeRow } from '../tree/row.ts'
import { packBlock, packTexts, textAt, unpackBlock } from './container.ts'

/** What a session's block says beside its columns. Times in the columns are milliseconds after `baseMs`. */
export interface BlockMeta {
  readonly baseMs: number
  readonly startMs: number
  readonly endMs: number
  /** false: the rows are there, their raw spans are not, and no row knows how many it stands for. */
  readonly hasSpans: boolean
  readonly spanCount: number
  /** Span and event names, which spans and logs refer to by their index. */
  readonly names: readonly string[]
  /** Trace ids, hex. */
  readonly traces: readonly string[]
}

/** Raw spans in display order: by row, within a row parents before children, siblings by start. */
export interface BlockSpans {
  /** For each row where its spans end in the columns below; they begin where the row's before it end. */
  readonly endOfRow: Uint32Array
  readonly start: Float64Array
  readonly duration: Float64Array
  readonly name: Uint32Array
  /** Depth below the row, 0 for a span without a parent in it. */
  readonly depth: Uint16Array
  /** 1 error, 2 has span events. */
  readonly flags: Uint8Array
  readonly trace: Uint32Array
  readonly idHigh: Int32Array
  readonly idLow: Uint32Array
}

/** Log records of the session and its helpers, by time: ticks on bars. */
export interface BlockLogs {
  readonly time: Float64Array
  /** Index of the `session_loop` row whose conversation the record names. */
  readonly root: Uint32Array
  /** Index into `names`. */
  readonly name: Uint32Array
  /** OTLP's severity number. */
  readonly severity: Uint8Array
}

const kinds = rowKind.options
const statuses = rowStatus.options
const parts = partKind.options

export function packSession(
  meta: BlockMeta,
  tree: Tree,
  raw: { readonly spans: BlockSpans; readonly logs: BlockLogs } | null,
): Uint8Array<ArrayBuffer> {
  const { rows } = tree
  const indexes = new Map(rows.map(({ id }, index) => [id, index]))
  const partRows = rows.flatMap((row, index) => row.parts.map((part) => ({ ...part, index })))
  const texts = packTexts(
    rows.flatMap(({ id, label, detail, note, sessionId, turnId, callId }) => [
      ...[id, label, detail, note],
      ...[sessionId, turnId ?? '', callId ?? ''],
    ]),
  )
  return packBlock(meta, {
    kind: Uint8Array.from(rows, ({ kind }) => kinds.indexOf(kind)),
    status: Uint8Array.from(rows, ({ status }) => statuses.indexOf(status)),
    parent: Int32Array.from(rows, ({ parentId }) => (parentId === null ? -1 : (indexes.get(parentId) ?? -1))),
    start: Float64Array.from(rows, ({ startMs }) => startMs - meta.baseMs),
    duration: Float64Array.from(rows, ({ durationMs }) => durationMs ?? Number.NaN),
    atMost: Uint8Array.from(rows, ({ atMost }) => Number(atMost)),
    untimed: Uint8Array.from(rows, ({ untimed }) => Number(untimed)),
    spanCount: Uint32Array.from(rows, ({ spanCount }) => spanCount),
    failures: Uint32Array.from(rows, ({ failures }) => failures),
    texts: texts.units,
    textEnds: texts.ends,
    partRow: Uint32Array.from(partRows, ({ index }) => index),
    partKind: Uint8Array.from(partRows, ({ kind }) => parts.indexOf(kind)),
    partStart: Float64Array.from(partRows, ({ startMs }) => startMs - meta.baseMs),
    partDuration: Float64Array.from(partRows, ({ durationMs }) => durationMs),
    ...(raw === null
      ? {}
      : {
          spanEndOfRow: raw.spans.endOfRow,
          spanStart: raw.spans.start,
          spanDuration: raw.spans.duration,
          spanName: raw.spans.name,
          spanDepth: raw.spans.depth,
          spanFlags: raw.spans.flags,
          spanTrace: raw.spans.trace,
          spanIdHigh: raw.spans.idHigh,
          spanIdLow: raw.spans.idLow,
          logTime: raw.logs.time,
          logRoot: raw.logs.root,
          logName: raw.logs.name,
          logSeverity: raw.logs.severity,
        }),
  })
}

export interface SessionBlock {
  readonly meta: BlockMeta
  readonly rows: readonly TreeRow[]
  /** Index of each row's parent, -1 for the outermost. */
  readonly parent: Int32Array
  readonly spans: BlockSpans | null
  readonly logs: BlockLogs | null
}

const textsPerRow = 7

/** Rows become objects, for there are thousands of them at most; spans stay columns. */
export function unpackSession(bytes: Uint8Array): SessionBlock {
  const { meta, column } = unpackBlock<BlockMeta>(bytes)
  const kind = column('kind', 'u8')
  const status = column('status', 'u8')
  const parent = column('parent', 'i32')
  const start = column('start', 'f64')
  const duration = column('duration', 'f64')
  const atMost = column('atMost', 'u8')
  const untimed = column('untimed', 'u8')
  const spanCount = column('spanCount', 'u32')
  const failures = column('failures', 'u32')
  const units = column('texts', 'u16')
  const ends = column('textEnds', 'u32')
  const partsOfRow = readParts(column, meta.baseMs, kind.length)
  const text = (row: number, of: number): string => textAt(units, ends, row * textsPerRow + of)
  const rows = Array.from(kind, (kindIndex, row): TreeRow => {
    const above = parent[row] ?? -1
    const durationMs = duration[row] ?? Number.NaN
    return {
      id: text(row, 0),
      parentId: above < 0 ? null : text(above, 0),
      kind: kinds[kindIndex] ?? 'raw',
      label: text(row, 1),
      detail: text(row, 2),
      startMs: meta.baseMs + (start[row] ?? 0),
      durationMs: Number.isNaN(durationMs) ? null : durationMs,
      atMost: atMost[row] === 1,
      untimed: untimed[row] === 1,
      status: statuses[status[row] ?? 0] ?? 'unknown',
      spanCount: spanCount[row] ?? 0,
      failures: failures[row] ?? 0,
      parts: partsOfRow[row] ?? [],
      note: text(row, 3),
      sessionId: text(row, 4),
      turnId: text(row, 5) || null,
      callId: text(row, 6) || null,
    }
  })
  const spans: BlockSpans | null = meta.hasSpans
    ? {
        endOfRow: column('spanEndOfRow', 'u32'),
        start: column('spanStart', 'f64'),
        duration: column('spanDuration', 'f64'),
        name: column('spanName', 'u32'),
        depth: column('spanDepth', 'u16'),
        flags: column('spanFlags', 'u8'),
        trace: column('spanTrace', 'u32'),
        idHigh: column('spanIdHigh', 'i32'),
        idLow: column('spanIdLow', 'u32'),
      }
    : null
  const logs: BlockLogs | null = meta.hasSpans
    ? {
        time: column('logTime', 'f64'),
        root: column('logRoot', 'u32'),
        name: column('logName', 'u32'),
        severity: column('logSeverity', 'u8'),
      }
    : null
  return { meta, rows, parent, spans, logs }
}

function readParts(column: ReturnType<typeof unpackBlock>['column'], baseMs: number, rows: number): TreeRow['parts'][] {
  const row = column('partRow', 'u32')
  const kind = column('partKind', 'u8')
  const start = column('partStart', 'f64')
  const duration = column('partDuration', 'f64')
  const found: TreeRow['parts'][] = Array.from({ length: rows }, () => [])
  row.forEach((index, part) => {
    found[index]?.push({
      kind: parts[kind[part] ?? 0] ?? 'idle',
      startMs: baseMs + (start[part] ?? 0),
      durationMs: duration[part] ?? 0,
    })
  })
  return found
}

/** 16 hex digits of a span id from its halves. */
export function spanIdOf(high: number, low: number): string {
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
