import fc from 'fast-check'
import type { BlockLogs, SessionBlock } from '../../../../src/model/block/session-block.ts'
import type { TreeRow } from '../../../../src/model/tree/row.ts'
import { sessionData } from '../../../../src/renderer/waterfall/session-data.ts'
import type { SessionData } from '../../../../src/renderer/waterfall/session-data.ts'
import { treeRow } from './tree-rows.ts'

export interface Span {
  readonly depth: number
  readonly name?: string
  readonly error?: boolean
  readonly events?: boolean
  readonly startMs?: number
  readonly durationMs?: number
}

export interface Log {
  readonly timeMs: number
  readonly severity?: number
  /** Index of the row of its session. */
  readonly root?: number
}

const noLogs: readonly Log[] = []

/** A block as the engine makes it, of rows and of the spans of each. Span n has the id n. */
export function blockOf(
  rows: readonly TreeRow[],
  spansOf: Readonly<Record<string, readonly Span[]>> | null,
  logs = noLogs,
): SessionBlock {
  const byRow = rows.map(({ id }) => spansOf?.[id] ?? [])
  const spans = byRow.flat()
  const names = [...new Set(spans.map(({ name }) => name ?? 'span'))]
  let count = 0
  const meta = { baseMs: 0, startMs: 0, endMs: 1000, spanCount: spans.length, names, traces: ['t'] }
  return {
    meta: { ...meta, hasSpans: spansOf !== null },
    rows,
    parent: Int32Array.from(rows, ({ parentId }) => rows.findIndex(({ id }) => id === parentId)),
    spans: spansOf && {
      endOfRow: Uint32Array.from(byRow, ({ length }) => (count += length)),
      start: Float64Array.from(spans, ({ startMs = 0 }) => startMs),
      duration: Float64Array.from(spans, ({ durationMs = 1 }) => durationMs),
      name: Uint32Array.from(spans, ({ name = 'span' }) => names.indexOf(name)),
      depth: Uint16Array.from(spans, ({ depth }) => depth),
      flags: Uint8Array.from(spans, ({ error, events }) => (error ? 1 : 0) + (events ? 2 : 0)),
      trace: new Uint32Array(spans.length),
      idHigh: new Int32Array(spans.length),
      idLow: Uint32Array.from(spans, (_, index) => index),
    },
    logs: spansOf && logsOf(logs),
  }
}

function logsOf(logs: readonly Log[]): BlockLogs {
  return {
    time: Float64Array.from(logs, ({ timeMs }) => timeMs),
    root: Uint32Array.from(logs, ({ root = 0 }) => root),
    name: new Uint32Array(logs.length),
    severity: Uint8Array.from(logs, ({ severity = 9 }) => severity),
  }
}

export function sessionOf(
  rows: readonly TreeRow[],
  spansOf: Readonly<Record<string, readonly Span[]>> = {},
  logs = noLogs,
): SessionData {
  return sessionData(blockOf(rows, spansOf, logs), null)
}

/** Any session in display order: each row hangs on the outermost level or on a row of the path before it. */
export const anySession = fc
  .array(fc.record({ up: fc.nat(4), depths: fc.array(fc.nat(3), { maxLength: 8 }) }), { minLength: 1, maxLength: 30 })
  .map((steps) => {
    const path: string[] = []
    const spans: Record<string, Span[]> = {}
    const rows = steps.map(({ up, depths }, index) => {
      path.length = Math.max(0, path.length - up)
      const row = treeRow(`r${index}`, { parentId: path.at(-1) ?? null, spanCount: depths.length })
      path.push(row.id)
      // A span is at most one deeper than the one before it.
      let before = -1
      spans[row.id] = depths.map((depth) => ({ depth: (before = Math.min(depth, before + 1)) }))
      return row
    })
    return sessionOf(rows, spans)
  })
