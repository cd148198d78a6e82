import type { Speech } from '../../model/genai/speech.ts'
import { attributesToObject, valueToPlain } from '../otlp/to-json.ts'
import type { WholeRecord } from './records.ts'
import { attributesOf, recordOf, type RowLog } from './row-log.ts'

export function speechOfLog({ event, raw }: RowLog): Speech {
  return { event, attributes: attributesOf(raw), body: valueToPlain(recordOf(raw).body) }
}

/** What a span says, and what its events do. */
export function speechesOfSpan(span: WholeRecord): Speech[] {
  const events = recordOf(span).events ?? []
  return [
    { event: '', attributes: attributesOf(span), body: null },
    ...events.map(({ name, attributes }) => ({
      event: name ?? '',
      attributes: attributesToObject(attributes),
      body: null,
    })),
  ]
}
