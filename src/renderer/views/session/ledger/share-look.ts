import type { ShareKind } from '../../../../model/ledger/share.ts'
import { shareNames } from '../../../../model/ledger/share-names.ts'

export interface ShareLook {
  /** A custom property of tokens.css. */
  readonly colour: string
  readonly means: string
  /** It is known by its bounds alone. */
  readonly hatched?: boolean
}

/** Beside what `shareNames` calls them, in its order. */
export const shareLooks: Readonly<Record<ShareKind, ShareLook>> = {
  model_wait: {
    colour: '--model-soft',
    means: 'from the request to the first item of the response',
  },
  model_stream: {
    colour: '--model',
    means: 'from the first item of a response to its end',
  },
  model: {
    colour: '--model',
    hatched: true,
    means: "calls known only from Codex's session file: at most this long, for it does not say when a call began",
  },
  tool_run: { colour: '--tool', means: 'while at least one tool really ran' },
  sandbox_retry: {
    colour: '--tool-soft',
    means: 'first runs that the sandbox broke off, before the same command ran outside it',
  },
  wait_user: { colour: '--wait', means: 'until you answered, while nothing else went on' },
  wait_reviewer: {
    colour: '--wait-soft',
    means: 'until the automatic reviewer answered, while nothing else went on',
  },
  hook: { colour: '--hook', means: 'while a hook ran, and neither a tool nor the model' },
  retry: { colour: '--error', means: 'failed requests, and the pauses before the next' },
  away: {
    colour: '--line-strong',
    means: 'while a call was under way and the machine slept or stood still: by its own clock the call took less',
  },
  startup: {
    colour: '--start-up',
    means: 'before the first turn, while Codex made the thread and its connection, as it tells of its start',
  },
  between_turns: {
    colour: '--idle',
    means: 'from the end of a turn to your next prompt: your time, not Codex being slow',
  },
  unaccounted: { colour: '--helper', means: 'what nothing received explains' },
}

/** What a piece or a swatch of a share is painted with. */
export function groundOf(kind: ShareKind): string {
  const { colour, hatched = false } = shareLooks[kind]
  if (!hatched) return `var(${colour})`
  const line = `color-mix(in srgb, var(${colour}) 45%, var(--surface))`
  return `repeating-linear-gradient(135deg, color-mix(in srgb, var(${colour}) 15%, var(--surface)) 0 3px, ${line} 3px 5px)`
}

export const shareOrder = Object.keys(shareNames) as readonly ShareKind[]

export function isShareKind(value: unknown): value is ShareKind {
  return typeof value === 'string' && Object.hasOwn(shareLooks, value)
}

interface Share {
  readonly kind: ShareKind
  readonly ms: number | null
}

/** Shares that have a length, in the order of the looks. */
export function knownShares<S extends Share>(shares: readonly S[]): readonly (S & { readonly ms: number })[] {
  return shareOrder.flatMap((kind) =>
    shares.flatMap((share) =>
      share.kind === kind && share.ms !== null && share.ms > 0 ? [{ ...share, ms: share.ms }] : [],
    ),
  )
}

/** Kinds of which nothing that was received tells. */
export function unknownShares(shares: readonly Share[]): readonly ShareKind[] {
  return shareOrder.filter((kind) => shares.some((share) => share.kind === kind && share.ms === null))
}
