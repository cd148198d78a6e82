import { z } from 'zod'
import { countOf } from '../behind.ts'
import { definePanel } from '../panel.ts'

const request = "kind = 'ws_request'"
const unopened = "kind = 'ws_connect' AND failed"

export const websocketTotal = definePanel({
  id: 'websocket-total',
  dashboard: 'codex',
  section: 'now',
  title: 'Requests over websockets',
  meaning: 'Requests for a response sent over a websocket, those that failed, and websockets that could not be opened.',
  excluded: 'Requests over HTTP are left out.',
  unit: 'count',
  needs: 'logs',
  sql: `SELECT coalesce(sum(iif(${request}, attempts, 0)), 0) AS requests, coalesce(sum(iif(${request}, failed, 0)), 0) AS failed,
  coalesce(sum(iif(kind = 'ws_connect', failed, 0)), 0) AS unopened
FROM attempts`,
  row: z.object({ requests: z.number(), failed: z.number(), unopened: z.number() }),
  view: {
    kind: 'stat',
    value: 'requests',
    more: [
      { column: 'failed', label: 'failed', unit: 'count' },
      { column: 'unopened', label: 'not opened', unit: 'count' },
    ],
    trend: 'websocket-requests',
  },
  behind: {
    requests: countOf('attempts', request),
    failed: countOf('attempts', `failed AND ${request}`),
    unopened: countOf('attempts', unopened),
  },
  size: { width: 3, height: 1 },
})
