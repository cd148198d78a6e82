import type { TeamConnection, TeamDoing } from '../../contract/team.ts'
import type { ReaderRequest } from '../store/messages.ts'

/** What the thread that reads a team's store is started with. */
export interface TeamOptions {
  /** null: none is set up, and it only tests one. */
  readonly connection: (TeamConnection & { readonly password: string }) | null
  readonly silenceMs: number
}

/** What it is asked: as any reader, and what a question is called that may be given up. */
export type TeamRequest = Exclude<ReaderRequest, { kind: 'close' }> & { readonly asked?: string | undefined }

/** What it says unasked. */
export interface TeamTells {
  readonly kind: 'doing'
  readonly doing: readonly TeamDoing[]
}
