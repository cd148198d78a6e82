import { z } from 'zod'
import { agoMs } from '../contract/ago.ts'

/** The moment that a text names: a time of ISO 8601, or how long before now. NaN where it names none. */
export function momentOf(text: string, nowMs: number): number {
  const ms = agoMs(text.trim())
  if (ms !== null) return nowMs - ms
  return /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim()) : NaN
}

const moment = z
  .string()
  .max(40)
  .refine(
    (text) => !Number.isNaN(momentOf(text, 0)),
    'is no moment: 2026-05-01, 2026-05-01T12:00:00Z, 30m, 24h, 7d, 2w',
  )

/** The range of a tool that looks at many sessions. */
export const range = {
  since: moment.optional().describe('begin of the range: a time of ISO 8601, or how long ago (30m, 24h, 7d, 2w)'),
  until: moment.optional().describe('end of the range, written in the same way; now where it is left out'),
}

export interface Range {
  readonly since?: string | undefined
  readonly until?: string | undefined
}

export function rangeOf({ since, until }: Range, nowMs: number, usual: string): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.max(0, momentOf(since ?? usual, nowMs)),
    toMs: until === undefined ? nowMs : momentOf(until, nowMs),
  }
}

/** UTC, to the second. */
export function isoOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
