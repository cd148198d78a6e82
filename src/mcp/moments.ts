import { z } from 'zod'
import { momentExamples, momentOf } from '../contract/moment.ts'

const moment = z
  .string()
  .max(40)
  .refine((text) => momentOf(text, 0) !== null, `is not a time: ${momentExamples}`)

/** The range of a tool that looks at many sessions. */
export const range = {
  since: moment
    .optional()
    .describe(
      'start of the range: how long ago (30m, 24h, 7d, 2w), a day (2026-05-01: its midnight here, by the clock of this machine), or a time of ISO 8601',
    ),
  until: moment.optional().describe('end of the range, written in the same way; now where it is left out'),
}

export interface Range {
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** Throws an Error in words where nothing can lie in it. */
export function rangeOf({ since, until }: Range, nowMs: number, usualFromMs: number): { fromMs: number; toMs: number } {
  const fromMs = since === undefined ? usualFromMs : (momentOf(since, nowMs) ?? usualFromMs)
  const toMs = until === undefined ? nowMs : (momentOf(until, nowMs) ?? nowMs)
  if (fromMs >= toMs) throw new Error(`the range ends before it begins: from ${isoOf(fromMs)} to ${isoOf(toMs)}`)
  return { fromMs: Math.max(0, fromMs), toMs }
}

/** UTC, to the second. */
export function isoOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
