import type { Attributes } from '../../attributes.ts'
import type { ContentFamily } from './content.ts'

/** `none`: its names say that it is neither, so that nothing else is asked; `unknown`: they say what nobody here has heard of. */
export type Role = 'call' | 'agent' | 'tool' | 'prompt' | 'none' | 'unknown'

/** A program or library that reports model calls: how it is recognised, what its names mean, what is content. */
export interface Producer {
  readonly name: string
  /** What a span is by names of this producer's own; null where it has none of them. */
  readonly role?: (attributes: Attributes) => Role | null
  /** Attributes that say what a field holds, in the order in which they are asked. */
  readonly names?: Partial<Readonly<Record<Field, readonly string[]>>>
  /** What names of counts begin with. */
  readonly usage?: readonly string[]
  /** Attributes with counts inside a text, as JSON or as Python prints it. */
  readonly usageTexts?: readonly string[]
  /** Attributes of its records that hold prompts, answers, arguments or results. */
  readonly content: readonly ContentFamily[]
}

export type Field =
  | 'operation'
  | 'provider'
  | 'requestModel'
  /** A text in JSON whose `model` is the one that was asked for. */
  | 'requestText'
  | 'responseModel'
  | 'id'
  | 'conversation'
  | 'user'
  | 'ttftSeconds'
  | 'ttftMs'
  | 'reportedCostUsd'
  /** A text in JSON whose `total` or `total_cost` is that. */
  | 'costText'
  | 'finishReasons'
  | 'agent'
  | 'tool'
  | 'callId'
  | 'arguments'
  | 'errorType'
