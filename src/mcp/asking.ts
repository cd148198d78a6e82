import type { Agents } from '../contract/settings.ts'
import type { Reading } from '../engine/reading/index.ts'
import type { Beside } from '../engine/reading/beside.ts'
import type { Content } from './content.ts'

/** What one answer is made from. */
export interface Asking extends Pick<Reading, 'ask'>, Omit<Beside, 'close'> {
  /** An id, how one begins, or `last`: the newest session of the folder that the server was started in. Throws an Error in words. */
  readonly find: (session: string) => string
  readonly agents: Agents
  readonly content: Content
  readonly nowMs: number
}
