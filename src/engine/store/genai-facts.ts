import type { GenAiFact } from '../../model/genai/facts.ts'
import type { Db } from './database.ts'

const shared = [
  ...['startNs', 'traceId', 'spanId', 'durationNs', 'status', 'errorType', 'service', 'language', 'environment'],
  ...['version', 'user', 'sessionId', 'conversation', 'parentSpanId', 'event'],
]
const columnsOf: Record<GenAiFact['fact'], readonly string[]> = {
  genai_call: [
    ...shared,
    ...['inputTokens', 'cachedTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens', 'model', 'provider'],
    ...['operation', 'requestModel', 'responseModel', 'ttftMs', 'finishReasons'],
  ],
  genai_step: [...shared, 'kind', 'name', 'callId', 'summary'],
}
/** Of arguments and prompts this much is kept; the whole is in the record. */
const summaryLength = 4000

/** Writes the facts of applications inside the caller's transaction. The same record again changes nothing. */
export function genAiFactWriter(db: Db): (fact: GenAiFact) => void {
  const insert = (fact: GenAiFact['fact']): ReturnType<Db['prepare']> => {
    const columns = columnsOf[fact]
    const names = columns.map((column) => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    const values = columns.map((column) => `@${column}`).join(', ')
    return db.prepare(`INSERT INTO ${fact} (${names.join(', ')}) VALUES (${values}) ON CONFLICT DO NOTHING`)
  }
  const insertCall = insert('genai_call')
  const insertStep = insert('genai_step')
  return (fact) => {
    const sessionId = fact.conversation ?? fact.traceId
    if (fact.fact === 'genai_step') {
      insertStep.run({ ...fact, sessionId, summary: fact.summary?.slice(0, summaryLength) ?? null })
      return
    }
    const finishReasons = fact.finishReasons === null ? null : JSON.stringify(fact.finishReasons)
    insertCall.run({ ...fact, sessionId, finishReasons, model: fact.responseModel ?? fact.requestModel })
  }
}
