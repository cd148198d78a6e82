import type { Params, Value } from '../contract/index.ts'
import type { ReaderProcedure } from '../engine/queries/index.ts'
import type { Content } from './content.ts'

/** What one answer of a tool is made from. */
export interface Asking {
  readonly ask: <N extends ReaderProcedure>(name: N, params: Params<N>) => Promise<Value<N>>
  /** An id, how one begins, or `last`: the newest session of the folder that the server was started in. Throws an Error in words. */
  readonly find: (session: string) => string
  readonly content: Content
  readonly nowMs: number
}
