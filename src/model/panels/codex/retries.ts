import { z } from 'zod'
import { sumOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

export const retries = definePanel({
  id: 'retries',
  dashboard: 'codex',
  section: 'reliability',
  title: 'Retries',
  meaning:
    'Requests after the first for the same response, and the time inside turns that went to failed tries and the pauses before the next.',
  excluded:
    'A request after a response that broke off repeats it. A model narrows requests to its own, and the time to sessions that used it. The time is that of turns that began in the range; for a try without a span of its own only what the logs say is known.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT (SELECT coalesce(sum(retries), 0) FROM attempts) AS retries,
  (SELECT total(ns) / 1e6 FROM shares WHERE share = 'retry') AS lostMs`,
  row: z.object({ retries: z.number(), lostMs: z.number() }),
  view: {
    kind: 'stat',
    value: 'retries',
    more: [{ column: 'lostMs', label: 'lost', unit: 'ms' }],
    tone: 'error',
  },
  behind: {
    retries: sumOf('attempts', 'retries', 'count'),
    lostMs: sumOf('shares', 'ns / 1e6', 'ms', "share = 'retry'"),
  },
  size: { width: 3, height: 2 },
})
