import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Family } from '../mirror/family.ts'
import type { Families } from '../mirror/families.ts'

/** Which session's records a question needs; those of home's reader answer it. */
const bySession = {
  'session.get': byId,
  'session.tree': byId,
  'session.search': byId,
  'session.spans': byId,
  'session.row': byId,
  'session.ledger': byId,
  'session.turns': byId,
  'session.logs': byId,
  'session.receipts': byId,
  'session.conversation': byId,
  'conversation.text': byId,
  'conversation.find': byId,
  'session.compare': ({ a, b }: { readonly a: string; readonly b: string }) => [a, b],
  'record.get': ({ sessionId }: { readonly sessionId: string }) => [sessionId],
} as const

function byId({ id }: { readonly id: string }): readonly string[] {
  return [id]
}

type BySession = keyof typeof bySession
/** Those that ask about a span or two of what is open. */
type OfOpen = 'span.get' | 'span.events'

export type SessionQuestion = BySession | 'session.block' | 'session.findings' | OfOpen

type Answers = { readonly [N in SessionQuestion]: (params: ParsedParams<N>) => Promise<Value<N>> }

/** Asks home's reader, over the records of the session alone. */
export function sessionAnswers(families: Families): Answers {
  const asked = Object.entries(bySession).map(([name, idsOf]) => {
    const ids = idsOf as (params: unknown) => readonly string[]
    return [
      name,
      (params: unknown) => families.ask(ids(params), (family) => askReader(family, name as BySession, params)),
    ]
  })
  return {
    ...(Object.fromEntries(asked) as Pick<Answers, BySession>),
    'session.block': (params) =>
      params.spans
        ? families.ask([params.id], (family) => askReader(family, 'session.block', params))
        : families.askRows(params.id, (family) => askReader(family, 'session.block', params)),
    'session.findings': (params) =>
      families.askWithPast(params.id, (family) => askReader(family, 'session.findings', params)),
    'span.get': async (params) => {
      const found = await families.askOpen((family) => unlessMissing(() => family.reader['span.get'](params)))
      if (found === null) throw new ProcedureError('not_found', `no span ${params.spanId} in a session that is open`)
      return found
    },
    'span.events': async (params) =>
      (await families.askOpen((family) => {
        const found = family.reader['span.events'](params)
        return found.spans.length === 0 ? null : found
      })) ?? { spans: [] },
  }
}

function askReader(family: Family, name: SessionQuestion, params: unknown): never {
  return (family.reader[name] as (params: unknown) => never)(params)
}

function unlessMissing<T>(ask: () => T): T | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof ProcedureError && error.code === 'not_found') return null
    throw error
  }
}
