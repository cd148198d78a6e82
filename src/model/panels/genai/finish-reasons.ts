import { z } from 'zod'
import { countOf, sumOf, withEach } from '../behind.ts'
import { ownUser } from '../common.ts'
import { definePanel } from '../panel.ts'

const each = { reason: 'finish_reasons' }

export const finishReasons = definePanel({
  id: 'finish-reasons',
  dashboard: 'genai',
  section: 'activity',
  title: 'Finish reasons',
  meaning:
    'Why the model stopped, as the calls report it: `stop` and `tool_calls` are normal, `length` or `max_tokens` means an answer that was cut off.',
  excluded: `A call with several answers counts once for each of their reasons; a call that names none is left out. Codex names none. ${ownUser}`,
  unit: 'count',
  needs: 'traces',
  sql: `SELECT reason, sum(calls) AS calls, sum(output) AS output FROM (
  SELECT DISTINCT finish_reasons, said.value AS reason, calls, output
  FROM (SELECT finish_reasons, sum(calls) AS calls, sum(output) AS output FROM app_call_sums GROUP BY 1)
    CROSS JOIN json_each(finish_reasons) AS said
) GROUP BY 1 ORDER BY 2 DESC, 1`,
  row: z.object({ reason: z.string(), calls: z.number(), output: z.number() }),
  view: {
    kind: 'bars',
    label: 'reason',
    value: 'calls',
    more: [{ column: 'output', label: 'output tokens', one: 'output token', unit: 'tokens' }],
    tone: 'model',
  },
  by: ['reason'],
  behind: {
    calls: withEach(countOf('app_calls', 'json_array_length(finish_reasons) > 0'), each),
    output: withEach(sumOf('app_calls', 'coalesce(output_tokens, 0)', 'tokens'), each),
  },
  size: { width: 6, height: 2 },
})
