import type { z } from 'zod'
import type { Behind } from './behind.ts'

export type Unit = 'tokens' | 'usd' | 'count' | 'share' | 'ms' | 'tokens/min' | 'usd/h'
export type Dashboard = 'codex' | 'genai'
export type Section = 'now' | 'tokens' | 'activity' | 'latency' | 'reliability' | 'where'

type Name<Row> = Extract<keyof Row, string>

/** A line, an area or a bar: the column that holds its value, and how it is called. */
export interface Series<Row> {
  readonly column: Name<Row>
  readonly label: string
  readonly tone?: Tone
}

/** The hues of kinds of work, the same in every chart and bar; `plain` takes the next of the palette. */
export type Tone =
  | 'model'
  | 'model-soft'
  | 'tool'
  | 'tool-soft'
  | 'wait'
  | 'wait-soft'
  | 'hook'
  | 'error'
  | 'helper'
  | 'accent'
  | 'idle'
  | 'line-strong'
  | 'plain'

/** A further column, shown beside the main one. */
interface More<Row> {
  readonly column: Name<Row>
  readonly label: string
  /** The same beside a single one. */
  readonly one?: string
  readonly unit: Unit
  /** Left away where it is NULL, instead of "–". */
  readonly whereKnown?: true
}

/**
 * How rows are drawn. A view can only name columns of its rows. Each kind is one file in `renderer/charts`. A value is NULL where
 * there is nothing to divide by or nothing known, which reads "–"; a text is '' where the telemetry does not say.
 */
export type View<Row> =
  | {
      readonly kind: 'stat'
      /** The figure, and what it is of where the title does not say; the further ones stand small beside it. */
      readonly value: Name<Row>
      readonly label?: string
      readonly one?: string
      readonly more?: readonly More<Row>[]
      /** A bar below the figure: a share of 1; none where it is NULL. */
      readonly meter?: Name<Row>
      /** A small line below, from the rows of another panel. */
      readonly trend?: string
      readonly tone?: Tone
    }
  | {
      /** One row a bucket (`atMs`), one column a series. */
      readonly kind: 'time'
      readonly shape: 'line' | 'area' | 'bars'
      readonly series: readonly Series<Row>[]
      /** A horizontal line, in the panel's unit. */
      readonly threshold?: { readonly value: number; readonly label: string }
    }
  | {
      /** One row a bucket and group (`atMs`, `group`). */
      readonly kind: 'time-by'
      readonly shape: 'line' | 'area' | 'bars'
      readonly group: Name<Row>
      readonly value: Name<Row>
    }
  | {
      /** One row a slice. */
      readonly kind: 'pie' | 'bars'
      readonly label: Name<Row>
      readonly value: Name<Row>
      readonly more?: readonly More<Row>[]
      readonly tone?: Tone
      readonly threshold?: { readonly value: number; readonly label: string }
    }
  | {
      /** One row a bin: its bounds, the upper one NULL where it has none, and how many fall into it. */
      readonly kind: 'histogram'
      readonly from: Name<Row>
      readonly to: Name<Row>
      readonly value: Name<Row>
      readonly label: string
      /** Another distribution over the same bins. */
      readonly beside?: Series<Row>
      /** Figures of the whole: the same in every row. */
      readonly more?: readonly More<Row>[]
      readonly mark?: { readonly value: number; readonly label: string }
    }
  | {
      /** One row a cell that is not empty. */
      readonly kind: 'heat'
      readonly x: Name<Row>
      readonly y: Name<Row>
      readonly value: Name<Row>
      readonly tone?: Tone
    }
  | {
      readonly kind: 'table'
      readonly columns: readonly {
        readonly column: Name<Row>
        readonly label: string
        readonly unit: Unit | 'text' | 'time' | 'severity'
      }[]
    }

export interface Panel<Row = Readonly<Record<string, unknown>>> {
  readonly id: string
  readonly dashboard: Dashboard
  readonly section: Section
  readonly title: string
  /** One sentence: what the number means. */
  readonly meaning: string
  /** What does not count, in words; and what filters cannot narrow. */
  readonly excluded: string
  readonly unit: Unit
  /** What has to be sent for the panel to have anything to show. */
  readonly needs: 'logs' | 'traces' | 'metrics'
  /** Looks only at so much before the end of the range, wherever that begins, and at single facts. */
  readonly lastMs?: number
  /**
   * One SELECT over the sources (`engine/panels/sources.ts`). `bucket_start(at_ms)` is where the bucket of a moment begins, `:fromMs` and `:toMs` are the range.
   */
  readonly sql: string
  readonly row: z.ZodType<Row>
  readonly view: View<Row>
  /** Columns of a row that say which facts are its, as text or numbers. */
  readonly by?: readonly Name<Row>[]
  /** What each figure of a row is made of: a click on it shows that. */
  readonly behind?: Readonly<Partial<Record<Name<Row>, Behind>>>
  /** Each row is one of these itself. */
  readonly list?: 'errors' | 'logs'
  /** A column with the place of a log record (`body:at`) and its event: what the record says comes in the place of the former. */
  readonly tells?: { readonly column: Name<Row>; readonly event: Name<Row> }
  /** Not shown until it is asked for: what few look for. */
  readonly spare?: true
  /** Columns of the grid's twelve, and rows of 96 px. */
  readonly size: { readonly width: number; readonly height: number }
}

/** Ties the view to the row: a column that the rows do not have does not compile. */
export function definePanel<Row>(panel: Panel<Row>): Panel {
  return panel as unknown as Panel
}

/** The start of a bucket: local midnight for days (`model/panels/buckets.ts`). */
export const bucket = 'bucket_start(at_ms)'
