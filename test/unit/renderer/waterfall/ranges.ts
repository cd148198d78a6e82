import fc from 'fast-check'

/** Stretches of a session from 1 s to 601 s after the epoch. */
export const anyRange = fc
  .record({
    startMs: fc.double({ min: 1000, max: 300_000, noNaN: true }),
    lengthMs: fc.double({ min: 1, max: 300_000, noNaN: true }),
  })
  .map(({ startMs, lengthMs }) => ({ startMs, endMs: startMs + lengthMs }))

/** Disjoint gaps in order, within and beside such a stretch. */
export const gapsIn = fc
  .array(fc.double({ min: 0, max: 700_000, noNaN: true }), { maxLength: 24 })
  .map((edges) => [...new Set(edges)].sort((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((startMs, at) => {
      const endMs = edges[at + 1]
      return at % 2 === 0 && endMs !== undefined ? [{ startMs, endMs }] : []
    }),
  )
