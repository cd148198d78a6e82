import { z } from 'zod'

/** The three kinds of telemetry that OTLP carries, as its HTTP paths name them. */
export const signal = z.enum(['traces', 'logs', 'metrics'])

export type Signal = z.infer<typeof signal>
