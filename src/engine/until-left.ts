import { randomUUID } from 'node:crypto'
import type { Result } from '../contract/result.ts'
import { isSourced } from '../contract/sourced.ts'
import type { ProcedureName } from '../contract/index.ts'
import type { Engine } from './engine.ts'

/** Whoever waits for an answer: the response of HTTP, a page. */
interface Asker {
  once(event: 'close', leave: () => void): unknown
  off(event: 'close', leave: () => void): unknown
}

/**
 * Answers a procedure. Who is gone before the answer waits for none: what a team's server works on for it is given up there, under the name
 * that the client gave its question, or one made here. This machine's answers come soon, and are made to their end.
 */
export async function untilLeft(
  asker: Asker,
  engine: Pick<Engine, 'dispatch'>,
  name: unknown,
  params: unknown,
): Promise<Result<unknown>> {
  if (!isOfTeam(params) || !isSourced(name as ProcedureName)) return engine.dispatch(name, params)
  const { asked = randomUUID() } = params
  const leave = (): void => void engine.dispatch('team.stop', { asked: [asked] })
  asker.once('close', leave)
  try {
    return await engine.dispatch(name, { ...params, asked })
  } finally {
    asker.off('close', leave)
  }
}

function isOfTeam(params: unknown): params is { readonly source: 'team'; readonly asked?: unknown } {
  return typeof params === 'object' && params !== null && 'source' in params && params.source === 'team'
}
