import type { ExportProgress, RedactionPreview } from '../../contract/exchange.ts'
import type { ErrorCode } from '../../contract/result.ts'
import type { RedactionKind } from '../../model/exchange/redaction.ts'
import type { ExportRequest } from './export-session.ts'

/** What one thread of its own does, and ends. `copy`: the folder of a database made for it, which goes with it; else the data folder's is read. */
export type ExportTask = { readonly copy?: string } & (
  | ({ readonly kind: 'file'; /** Made by the thread; must not be there. */ readonly path: string } & Omit<
      ExportRequest,
      'version' | 'said'
    > & { readonly conversation: boolean })
  | {
      readonly kind: 'preview'
      readonly id: string
      readonly redact: readonly RedactionKind[]
      readonly samples: number
      readonly conversation: boolean
    }
)

export interface ExportRequestOfThread {
  readonly kind: 'export'
  readonly id: number
  readonly task: ExportTask
}

export type ExportReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly progress: Omit<ExportProgress, 'done' | 'preview'> }
  | { readonly kind: 'done'; readonly id: number; readonly preview: RedactionPreview | null }
  | { readonly kind: 'failed'; readonly id: number; readonly code: ErrorCode; readonly message: string }
