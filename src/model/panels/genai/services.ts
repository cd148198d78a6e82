import { z } from 'zod'
import { countOf, sumOf } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

const language = { language: "coalesce(language, '')" }
const tokens = 'coalesce(input_tokens, 0) + coalesce(output_tokens, 0)'

export const services = definePanel({
  id: 'services',
  dashboard: 'genai',
  section: 'activity',
  title: 'Services and languages',
  meaning: 'Model calls, their tokens and their failures by service and by the language of its telemetry SDK.',
  excluded: `Services that send telemetry but call no model are left out. ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT service, language, sum(calls) AS calls, sum(input) + sum(output) AS tokens, sum(failed) AS errors
FROM app_call_sums GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  row: z.object({
    service: z.string(),
    language: z.string(),
    calls: z.number(),
    tokens: z.number(),
    errors: z.number(),
  }),
  view: {
    kind: 'table',
    columns: [
      { column: 'service', label: 'Service', unit: 'text' },
      { column: 'language', label: 'Language', unit: 'text' },
      { column: 'calls', label: 'Calls', unit: 'count' },
      { column: 'tokens', label: 'Tokens', unit: 'tokens' },
      { column: 'errors', label: 'Errors', unit: 'count' },
    ],
  },
  by: ['service', 'language'],
  behind: {
    calls: countOf('app_calls', '1', language),
    tokens: sumOf('app_calls', tokens, 'tokens', '1', language),
    errors: countOf('app_calls', "status = 'failed'", language),
  },
  size: { width: 6, height: 2 },
})
