import { lastBegun } from '../last-begun.ts'
import type { CallInRow, FindingContext } from './context.ts'

/** The context window that held at a moment, in tokens; null where nothing received tells. */
export function windowAt({ session, file, toldWindow }: FindingContext, at: number): number | null {
  const turn = lastBegun(session.turns, at)
  const own = file?.windows.get(turn?.turnId ?? '')
  return own ?? toldWindow
}

export interface Fill {
  readonly call: CallInRow
  readonly window: number
  /** Of the window, 0 to 1. */
  readonly share: number
}

/** How full the context window was at each call of the talk itself. */
export function fillsOf(context: FindingContext): Fill[] {
  return context.calls.flatMap((call) => {
    const window = windowAt(context, call.at)
    return window === null || window === 0
      ? []
      : [{ call, window, share: Math.min(1, (call.input + call.output) / window) }]
  })
}

/** So many of the latest steps tell how fast it fills. */
const recentSteps = 5

/** How many more calls fit into the window at the recent growth; null where it does not grow, or nothing tells. */
export function callsLeft(context: FindingContext): number | null {
  const fills = fillsOf(context)
  const last = fills.at(-1)
  if (last === undefined) return null
  const compacted = Math.max(-Infinity, ...context.session.compactions.map(({ end }) => end))
  const recent = fills.filter(({ call }) => call.at > compacted).slice(-recentSteps - 1)
  const first = recent[0]
  if (first === undefined || recent.length < 2) return null
  const size = ({ call }: Fill): number => call.input + call.output
  const growth = (size(last) - size(first)) / (recent.length - 1)
  return growth <= 0 ? null : Math.max(0, Math.floor((last.window - size(last)) / growth))
}
