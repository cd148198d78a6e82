import { describe, expect, test } from 'vitest'
import { procedures, type Value } from '../../../src/contract/index.ts'
import type { SessionSummary } from '../../../src/model/session/summary.ts'
import { captureNames, loadCapture, type CapturedBody } from '../../captures.ts'
import { conversationsByTrace, decodeSpans } from './decoded.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore, type StoreUnderTest } from './store-under-test.ts'

describe.each(captureNames)('%s', (name) => {
  test('the rows of every tree are well formed and hold each raw span once', async () => {
    const { bodies } = loadCapture(name)
    const traces = conversationsByTrace(decodeSpans(bodies))
    await withStored(bodies, (store, sessions) => {
      for (const { id } of sessions) {
        const { rows, spanCount } = procedures['session.tree'].result.parse(store.reader['session.tree']({ id }))
        expectOrdered(rows)
        const listed = rows.flatMap((row) => {
          const { spans } = store.reader['session.spans']({ id, rowId: row.id })
          expect(spans).toHaveLength(row.spanCount)
          return spans
        })
        expect(listed).toHaveLength(spanCount)
        expect(new Set(listed.map(({ traceId, spanId }) => `${traceId} ${spanId}`)).size).toBe(spanCount)
        // A helper shares its parent's trace, but none of its rows may lie outside of what names its family.
        for (const { traceId } of listed) expect(traces.get(traceId)?.size).toBeGreaterThan(0)
      }
    })
  })

  test('every row opens, and its raw span and logs are those of the records', async () => {
    const { bodies } = loadCapture(name)
    const names = new Set(decodeSpans(bodies).map((span) => span.name))
    await withStored(bodies, (store, sessions) => {
      for (const { id, parentId } of sessions) {
        if (parentId !== null) continue
        for (const row of store.reader['session.tree']({ id }).rows.slice(0, 40)) {
          const details = procedures['session.row'].result.parse(store.reader['session.row']({ id, rowId: row.id }))
          expect(details.row).toEqual(row)
          const span = details.span as { record: { name: string } } | null
          if (row.spanCount === 0) expect(span).toBeNull()
          else expect(names).toContain(span?.record.name)
        }
      }
    })
  })
})

/** Ids are unique, and a row stands behind its parent and behind its elder siblings. */
function expectOrdered(rows: Value<'session.tree'>['rows']): void {
  const before = new Map<string | null, number>([[null, -Infinity]])
  const lastStart = new Map<string | null, number>()
  for (const { id, parentId, startMs } of rows) {
    expect(before.has(id)).toBe(false)
    expect(before.has(parentId)).toBe(true)
    expect(startMs).toBeGreaterThanOrEqual(lastStart.get(parentId) ?? -Infinity)
    before.set(id, startMs)
    lastStart.set(parentId, startMs)
  }
  expect(rows.filter(({ parentId }) => parentId === null)).toHaveLength(1)
}

function withStored(
  bodies: readonly CapturedBody[],
  run: (store: StoreUnderTest, sessions: readonly SessionSummary[]) => void,
): Promise<void> {
  return inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of bodies) store.store(body)
    store.settle()
    run(store, store.reader['session.list']({ helpers: true, limit: 1000, offset: 0 }).sessions)
    store.close()
  })
}
