import { z } from 'zod'

/** One request that the product answers: the shape of what it takes and of what it gives back. */
export interface Procedure<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly params: P
  readonly result: R
}

export function procedure<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): Procedure<P, R> {
  return { params, result }
}

/** A procedure whose result is one binary block: `application/octet-stream` over HTTP, a buffer over IPC. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
