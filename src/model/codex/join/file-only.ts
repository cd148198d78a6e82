import type { PromptEvidence, ToolEvidence } from '../settle/evidence.ts'

/** What only the file says, with what its row has beside the evidence. */
export type FileOnlyPrompt = PromptEvidence & { readonly length: number }
export interface FileOnlyCompaction {
  readonly spanId: string
  readonly turnId: string | null
  readonly start: number
  readonly end: number
  readonly atMost: boolean
}
export type FileOnlyTool = ToolEvidence & {
  readonly namespace: string | null
  readonly mcpServer: string | null
  readonly argumentsLength: number | null
  readonly outputLength: number | null
  readonly waitStart: number | null
  readonly waitEnd: number | null
}
