import type { Signal } from '../../model/signal.ts'

/** They stand in the database: never renumber. */
export const signalNumbers = { traces: 1, logs: 2, metrics: 3 } as const satisfies Record<Signal, number>

export const signalsByNumber: ReadonlyMap<number, Signal> = new Map(
  (Object.entries(signalNumbers) as [Signal, number][]).map(([signal, number]) => [number, signal]),
)
