import { inject, onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Failure } from '../../../contract/result.ts'
import type { Filters } from '../../../model/panels/filters.ts'
import { viewOf, type PanelEntry, type Row } from '../../charts/rows.ts'
import { startsOf, timeData } from '../../charts/series.ts'
import { withNames } from '../../charts/table.ts'
import { inTurn } from '../../data/in-turn.ts'
import { boundsBefore, type Bounds } from '../../range/range.ts'
import type { Moment } from './use-moment.ts'
import { runPanelKey } from './panel-runs.ts'

export interface PanelData {
  readonly rows: readonly Row[]
  readonly bounds: Bounds
  readonly bucketMs: number
  readonly edges: readonly number[]
  /** Of the stretch of the same length before. */
  readonly before: readonly Row[] | null
  /** The course of the figure, bucket by bucket. */
  readonly trend: readonly (number | null)[] | null
}

export interface PanelQuery {
  /** The last rows, until newer ones are there. */
  readonly data: Readonly<ShallowRef<PanelData | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly refresh: () => void
}

/**
 * The rows of one panel, asked for only while it is in view. A look that comes while an answer is awaited is taken after it, so
 * that a slow panel is never starved; an answer to another range or other filters is dropped.
 */
export function usePanel(
  entry: PanelEntry,
  all: readonly PanelEntry[],
  ask: { readonly moment: () => Moment; readonly filters: () => Filters; readonly inView: () => boolean },
): PanelQuery {
  const run = inject(runPanelKey)
  if (!run) throw new Error('Panels run on a dashboard.')
  const runNow = run
  const data = shallowRef<PanelData | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let shown = ''
  let awaited = false
  let gone = false

  const keyOf = (): string => JSON.stringify([ask.moment().turn, ask.filters()])

  async function look(again = false): Promise<void> {
    if (gone || awaited || !ask.inView() || (keyOf() === shown && !again)) return
    const key = keyOf()
    const { bounds, turn } = ask.moment()
    const filters = ask.filters()
    awaited = true
    const answer = await runNow(entry.id, bounds, filters, turn)
    awaited = false
    if (gone) return
    if (JSON.stringify(filters) !== JSON.stringify(ask.filters())) return void look()
    // It was left for another range, which is asked about now.
    if (!answer.ok && keyOf() !== key) return void look()
    shown = key
    failure.value = answer.ok ? null : answer.error
    if (answer.ok) {
      const { bucketMs, edgesMs: edges } = answer.value
      const rows = withNames(answer.value.rows, answer.value.sessions)
      const known = data.value
      data.value = { rows, bucketMs, edges, bounds, before: known?.before ?? null, trend: known?.trend ?? null }
      void addMore(bounds, filters, turn)
    }
    void look()
  }

  async function addMore(bounds: Bounds, filters: Filters, turn: number): Promise<void> {
    const view = viewOf(entry)
    if (view.kind !== 'stat') return
    const course = all.find(({ id }) => id === view.trend)
    const [before, trend] = await Promise.all([
      runNow(entry.id, boundsBefore(bounds), filters, turn),
      course ? runNow(course.id, bounds, filters, turn) : null,
    ])
    if (gone || data.value?.bounds !== bounds) return
    data.value = {
      ...data.value,
      before: before.ok ? before.value.rows : null,
      trend: course && trend?.ok ? courseOf(course, trend.value.rows, trend.value.edgesMs) : null,
    }
  }

  let takeBack = (): void => {}
  // Forty panels look again at one moment, and each question takes its time to be put.
  watch(
    () => [ask.inView(), keyOf()],
    () => {
      takeBack()
      takeBack = inTurn(() => void look())
    },
  )
  void look()
  onScopeDispose(() => {
    gone = true
    takeBack()
  })
  return { data, failure, refresh: () => void look(true) }
}

/** The sum of a panel's columns, bucket by bucket; of measured values the first column's, unknown where nothing was measured. */
export function courseOf(course: PanelEntry, rows: readonly Row[], edges: readonly number[]): (number | null)[] {
  const view = viewOf(course)
  if (view.kind !== 'time' && view.kind !== 'time-by') return []
  const { shape, series } = timeData(view, rows, edges)
  const summed = shape === 'line' ? series.slice(0, 1) : series
  return startsOf({ edges }).map((_, bucket) =>
    summed.reduce<number | null>((sum, { values }) => {
      const value = values[bucket] ?? null
      return value === null ? sum : (sum ?? 0) + value
    }, null),
  )
}
