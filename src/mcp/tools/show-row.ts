import { z } from 'zod'
import { isoOf } from '../moments.ts'
import { rowShape, rowWords } from '../row-shape.ts'
import { sessionParam } from '../session-shape.ts'
import { tool } from '../tool.ts'

export const showRow = tool({
  name: 'show_row',
  title: 'Show a row',
  description:
    'All that is known of one row of a session: its figures, arguments, output, prompt and log records. Row ids come from ' +
    'session_timeline, slowest, failures and the findings of explain_session. Long output is cut unless maxKib is larger.',
  params: { session: sessionParam, row: z.string().min(1).max(2000).describe('its rowId') },
  result: {
    row: rowShape,
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    prompt: z.string().nullable(),
    arguments: z.string().nullable(),
    output: z.string().nullable(),
    logs: z.array(z.object({ at: z.string(), event: z.string(), severity: z.string(), summary: z.string() })),
  },
  answer: async ({ session, row: rowId }, { ask, find, content, session: known }) => {
    const id = find(session)
    const shown = await ask('session.row', { id, rowId })
    const { startedAtMs } = known(id)
    return {
      value: {
        row: rowWords(shown.row, { depth: 0, below: 0, baseMs: startedAtMs }, content),
        fields: shown.fields,
        prompt: content.maybe('prompt', shown.prompt),
        arguments: content.maybe('arguments', shown.arguments),
        output: content.maybe('output', shown.output),
        logs: shown.logs.map(({ timeMs, event, severity, summary }) => ({
          at: isoOf(timeMs),
          event,
          severity,
          summary: content.log(event, summary),
        })),
      },
      lists: [{ list: 'logs', goOn: () => 'ask with a larger maxKib' }],
    }
  },
})
