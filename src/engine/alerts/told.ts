/** What a command gets on standard input, and a URL as its body. */
export interface Told {
  readonly rule: string
  readonly kind: string
  readonly words: string
  readonly value: number
  readonly startedAt: string
  readonly sessionId: string | null
  readonly test: boolean
}
