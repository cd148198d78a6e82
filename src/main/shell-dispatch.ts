import { shellCalls } from '../contract/shell.ts'
import type { ParsedShellParams, ShellCall, ShellValue } from '../contract/shell.ts'
import type { Dispatch } from './ipc.ts'

export type ShellHandlers = {
  readonly [N in ShellCall]: (params: ParsedShellParams<N>) => ShellValue<N> | Promise<ShellValue<N>>
}

/** Answers what the page asks of the shell: unknown names and params that do not fit are refused, as the engine does. */
export function shellDispatch(handlers: ShellHandlers): Dispatch {
  return async (name, params) => {
    if (typeof name !== 'string' || !isCall(name))
      return { ok: false, error: { code: 'unknown_procedure', message: 'The app does not know this command.' } }
    const parsed = shellCalls[name].params.safeParse(params ?? {})
    if (!parsed.success) return { ok: false, error: { code: 'bad_request', message: parsed.error.message } }
    try {
      return { ok: true, value: await (handlers[name] as (params: unknown) => unknown)(parsed.data) }
    } catch (error) {
      return { ok: false, error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } }
    }
  }
}

function isCall(name: string): name is ShellCall {
  return Object.hasOwn(shellCalls, name)
}
