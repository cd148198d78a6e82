import type { Changed } from './changes.ts'
import type { Params, ProcedureName, Value } from './index.ts'
import type { Result } from './result.ts'

/** The whole way between the page and the engine. Nothing else knows the transport. */
export interface Bridge {
  invoke<N extends ProcedureName>(name: N, params: Params<N>): Promise<Result<Value<N>>>
  /** Calls the listener on every push; the returned function stops that. */
  subscribe(listener: (changed: Changed) => void): () => void
}
