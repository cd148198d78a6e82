import type { ShareKind, Stretch } from '../ledger/share.ts'
import type { Confidence, FindingFix, FindingKind } from './finding.ts'
import type { FindingContext } from './context.ts'

/** What a finding really lost, once no other has the same moments or tokens. */
export interface Lost {
  readonly ms: number
  readonly usd: number | null
}

/** What a kind has found, before it is known which of its moments another finding has already. */
export interface Candidate {
  readonly subject: string
  readonly times: number
  readonly rowIds: readonly string[]
  /** Nanoseconds after the base of the facts: where it began, for it may claim no time. */
  readonly at: number
  /** What it claims: of these stretches what the ledger gives to one of these shares. */
  readonly time: readonly Stretch[]
  readonly from: readonly ShareKind[]
  /** Prices of tokens, by what they are of: what two findings name is lost once. */
  readonly money: readonly { readonly of: string; readonly usd: number | null }[]
  readonly confidence: Confidence
  readonly say: (lost: Lost) => { readonly title: string; readonly verdict: string }
  readonly fix: FindingFix | null
}

export type FindingSource = 'logs' | 'traces' | 'files'

/** One kind of finding: a file in `kinds/`. */
export interface KindOfFinding {
  readonly kind: FindingKind
  /** What it is called over many sessions. */
  readonly name: (subject: string) => string
  /** When it is found and what it counts, in words for whoever asks why it is shown. */
  readonly definition: string
  /** Without them it is silent, in words, and as what any one of is enough. */
  readonly needs: string
  /** While nothing of that has come, in one sentence. */
  readonly waitsFor: string
  readonly sources: readonly FindingSource[]
  readonly find: (context: FindingContext) => readonly Candidate[]
}
