import { z } from 'zod'
import { isoOf } from '../moments.ts'
import { tool } from '../tool.ts'

export const health = tool({
  name: 'health',
  title: 'Health',
  description:
    'Why sessions or figures are missing: when logs, traces and metrics of Codex last arrived here, what keeps them from arriving (Codex’s ' +
    'config.toml, receivers, environment), with what to do about each, and which names in the records this Colophon does not know.',
  params: {},
  result: {
    signals: z.array(z.object({ signal: z.enum(['traces', 'logs', 'metrics']), lastAt: z.string().nullable() })),
    problems: z.array(
      z.object({
        severity: z.enum(['error', 'warning']),
        problem: z.string(),
        advice: z.string(),
        place: z.string().nullable(),
      }),
    ),
    unknownEvents: z.array(z.string()),
  },
  answer: async (_params, { ask, arrivals, doctor }) => {
    const examined = await doctor()
    const { names } = await ask('health.names', {})
    return {
      value: {
        signals: arrivals().map(({ signal, lastMs }) => ({ signal, lastAt: lastMs === null ? null : isoOf(lastMs) })),
        problems: (examined.ok ? examined.value.findings : []).map(({ severity, message, advice, file, line }) => ({
          severity,
          problem: message,
          advice,
          place: file === null ? null : line === null ? file : `${file}:${line}`,
        })),
        unknownEvents: names.filter(({ unknownEvent }) => unknownEvent).map(({ name }) => name),
      },
      lists: [
        { list: 'unknownEvents', goOn: () => 'ask with a larger maxKib' },
        { list: 'problems', goOn: () => 'ask with a larger maxKib' },
      ],
      leftOut: examined.ok ? [] : [`what keeps telemetry from arriving: ${examined.error.message}`],
    }
  },
})
