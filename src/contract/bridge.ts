import type { Changed } from './changes.ts'
import type { Params, ProcedureName, Value } from './index.ts'
import type { Result } from './result.ts'

/** An `AbortSignal`, as far as both sides of the bridge know one. */
export interface Leaving {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** The whole way between the page and the engine. Nothing else knows the transport. */
export interface Bridge {
  /** Aborted, nobody waits for the answer any more: what a team's server works on for it is given up there. */
  invoke<N extends ProcedureName>(name: N, params: Params<N>, signal?: Leaving): Promise<Result<Value<N>>>
  /** Calls the listener on every push; the returned function stops that. */
  subscribe(listener: (changed: Changed) => void): () => void
}
