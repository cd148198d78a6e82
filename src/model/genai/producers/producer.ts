import type { ContentFamily } from './content.ts'

/** A program or library that reports model calls: how it is recognised, what its names mean, what is content. */
export interface Producer {
  readonly name: string
  /** Attributes of its records that hold prompts, answers, arguments or results. */
  readonly content: readonly ContentFamily[]
}
