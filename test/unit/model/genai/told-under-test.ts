import { genAiSender, sayingNothing } from '../../../../src/model/genai/sender.ts'
import type { Placed } from '../../../../src/model/genai/requests.ts'
import type { Says } from '../../../../src/model/genai/told.ts'

/** A telling of a call in the trace `t`, as a span says it, unless it is given otherwise. */
export function told(spanId: string, given: Partial<Omit<Placed, 'says'>> = {}, says: Partial<Says> = {}): Placed {
  const sender = genAiSender({ service: 'shop', version: '', scope: '', attributes: {} })
  return {
    ...{ kind: 'call', traceId: 't', spanId, parentSpanId: null, startNs: 1000n, durationNs: 500n, above: null },
    ...{ conversation: null, service: 'shop', event: null },
    ...given,
    says: { ...sayingNothing(sender), ...says },
  }
}
