import type { Params, ParsedParams, Value } from '../../../src/contract/index.ts'
import { defaultSilenceMs } from '../../../src/model/session/state.ts'
import { panelBehindParams } from '../../../src/contract/panels.ts'
import { panelBehind } from '../../../src/engine/panels/behind.ts'
import { panelRunner } from '../../../src/engine/panels/run.ts'
import { openForReading, type Db } from '../../../src/engine/store/database.ts'
import { filters as filtersSchema } from '../../../src/model/panels/filters.ts'
import { panels } from '../../../src/model/panels/index.ts'
import { captureNamesOfOneDay, loadCapture, type CapturedBody } from '../../captures.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { openStore, type StoreUnderTest } from '../engine/store-under-test.ts'
import { appBodies } from './app-bodies.ts'

export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

export type Rows = Value<'panel.run'>['rows']

export interface PanelsUnderTest extends StoreUnderTest {
  run(panel: string, range: Range, filters?: object, bucketMs?: number, zone?: string): Rows
  /** The rows of every panel. */
  all(range: Range, filters?: object, bucketMs?: number, zone?: string): Record<string, Rows>
  /** What a figure is made of. */
  behind(params: Params<'panel.behind'>): Value<'panel.behind'>
  /** From the hour of the first session to that after the last. */
  whole(): Range
  shares(): void
  sumUp(): void
}

/** Every capture and an application, or what is given, for as long as `use` takes. */
export function withPanels<T>(
  bodies: readonly CapturedBody[],
  use: (panels: PanelsUnderTest) => T | Promise<T>,
): Promise<T> {
  return inTemporaryFolder(async (dataDir) => {
    const store = openStore(dataDir)
    const readerDb = openForReading(dataDir)
    try {
      for (const body of bodies) store.store(body)
      store.settle()
      return await use(panelsOver(store, readerDb))
    } finally {
      readerDb.close()
      store.close()
    }
  })
}

export const everyBody = (): readonly CapturedBody[] => [
  ...captureNamesOfOneDay.flatMap((name) => loadCapture(name).bodies),
  ...appBodies(),
]

const hourMs = 3_600_000

function panelsOver(store: StoreUnderTest, db: Db): PanelsUnderTest {
  const runPanel = panelRunner(db, defaultSilenceMs)
  const run: PanelsUnderTest['run'] = (panel, { fromMs, toMs }, filters = {}, bucketMs = undefined, zone = 'UTC') => {
    const params: ParsedParams<'panel.run'> = { panel, fromMs, toMs, filters: filtersSchema.parse(filters), zone }
    return runPanel(bucketMs === undefined ? params : { ...params, bucketMs }).rows
  }
  const summed = (beforeHour: number): void => {
    while (!store.writer.sumUp(1000, beforeHour));
  }
  return {
    ...store,
    run,
    all: (range, filters, bucketMs, zone) =>
      Object.fromEntries(panels.map(({ id }) => [id, run(id, range, filters, bucketMs, zone)])),
    behind: (params) => panelBehind(db, panelBehindParams.parse(params), defaultSilenceMs),
    whole() {
      const { first, last } = db
        .prepare<[], { first: number | null; last: number | null }>(
          'SELECT min(first_ns) / 3600000000000 AS first, max(last_ns) / 3600000000000 AS last FROM session',
        )
        .get() ?? { first: null, last: null }
      return { fromMs: (first ?? 0) * hourMs, toMs: ((last ?? 0) + 1) * hourMs }
    },
    shares() {
      summed(0)
    },
    sumUp() {
      summed(1e9)
    },
  }
}

/** Sums of fractions depend on their order in the last digits. */
export function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'number' ? Number(inner.toPrecision(12)) : inner)),
  ) as T
}
