import { z } from 'zod'
import type { Asking } from './asking.ts'

/** A list of an answer that may be shortened to fit. `goOn` says how to get the rest, once so many of it are shown. */
export interface Shortened {
  readonly list: string
  readonly goOn: (shown: number) => string
}

export interface Answer<V> {
  readonly value: V
  /** What is left out first stands first. */
  readonly lists?: readonly Shortened[]
  /** What the tool itself has left out, and how to get it. */
  readonly leftOut?: readonly string[]
}

export interface Tool {
  readonly name: string
  readonly title: string
  /** Written for a model: when to call it, and what it gives. */
  readonly description: string
  readonly params: z.ZodType
  readonly result: z.ZodType
  /** What the protocol lets a tool say beside all that. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined
  readonly answer: (params: unknown, asking: Asking) => Promise<Answer<object>>
}

/** An answer is no longer than this unless a caller asks for more. */
export const usualKib = 8

/** Of every tool. */
const size = {
  maxKib: z
    .int()
    .min(2)
    .max(256)
    .default(usualKib)
    .describe('how long the answer may be, in KiB; what does not fit is left out, and leftOut says so'),
}

const leftOut = z
  .array(z.string())
  .optional()
  .describe('what is not in this answer, and how to get it; absent where nothing is missing')

/** Unknown params are refused, so that a misspelt one is not passed over in silence. */
export function tool<P extends z.ZodRawShape, R extends z.ZodRawShape>(said: {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly params: P
  readonly result: R
  readonly meta?: Readonly<Record<string, unknown>>
  readonly answer: (params: z.output<z.ZodObject<P>>, asking: Asking) => Promise<Answer<z.output<z.ZodObject<R>>>>
}): Tool {
  return {
    ...said,
    params: z.strictObject({ ...said.params, ...size }),
    result: z.object({ ...said.result, leftOut }),
    answer: async (params, asking) => said.answer(params as z.output<z.ZodObject<P>>, asking),
  }
}
