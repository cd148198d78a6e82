import { procedures, type ParsedParams, type ProcedureName, type Value } from '../contract/index.ts'
import type { Source } from '../contract/source.ts'
import { ProcedureError, type Result } from '../contract/result.ts'
import { isSourced } from '../contract/sourced.ts'

export type Handler<N extends ProcedureName> = (params: ParsedParams<N>) => Promise<Result<Value<N>>>

/** A handler for every procedure of the contract: forget one and this does not compile. */
export type Handlers = { readonly [N in ProcedureName]: Handler<N> }

/**
 * Answers a procedure by its name: refuses unknown names (own properties only) and params that do not fit, once for all hosts.
 * Never throws. The one place where it is decided whose sessions a question is about: those of this machine, or a team's.
 */
export function createDispatch(
  handlers: Handlers,
  team: (name: ProcedureName, params: unknown, asked?: string) => Promise<Result<unknown>>,
): (name: unknown, params: unknown) => Promise<Result<unknown>> {
  return async (name, params) => {
    if (typeof name !== 'string' || !isProcedure(name))
      return failure('unknown_procedure', `there is no procedure ${typeof name === 'string' ? name.slice(0, 100) : ''}`)
    // Else this machine's would look like the team's.
    if (asksOfTeam(params) && !isSourced(name))
      return failure('bad_request', `${name} is about this machine alone: it takes no source`)
    const parsed = paramsOf(procedures[name], params)
    if (!parsed.ok) return parsed
    const here = handlers[name] as (params: unknown) => Promise<Result<unknown>>
    try {
      if (!isSourced(name)) return await here(parsed.value)
      const { source, asked, ...own } = parsed.value as { readonly source?: Source; readonly asked?: string }
      return source === 'team' ? await team(name, own, asked) : await here(own)
    } catch (error) {
      if (error instanceof ProcedureError) return failure(error.code, error.message)
      return failure('internal', error instanceof Error ? error.message : String(error))
    }
  }
}

/** The params of a procedure, as it declares them, or why they do not fit, in words. */
export function paramsOf({ params }: (typeof procedures)[ProcedureName], given: unknown): Result<unknown> {
  const parsed = params.safeParse(given ?? {})
  return parsed.success ? { ok: true, value: parsed.data } : failure('bad_request', wordsOf(parsed.error.issues))
}

function asksOfTeam(params: unknown): boolean {
  return typeof params === 'object' && params !== null && 'source' in params && params.source === 'team'
}

function isProcedure(name: string): name is ProcedureName {
  return Object.hasOwn(procedures, name)
}

function failure(code: 'bad_request' | ProcedureError['code'], message: string): Result<never> {
  return { ok: false, error: { code, message } }
}

function wordsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ')
}
