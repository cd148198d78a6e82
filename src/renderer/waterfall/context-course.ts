import type { FindingsResult } from '../../contract/findings.ts'
import { counted, percent } from '../format/number.ts'
import type { Scale } from './scale.ts'

export type Gauge = NonNullable<FindingsResult['context']>

export const gaugeHeight = 22
const top = 3
const bottom = gaugeHeight - 2

export interface Course {
  /** A step at every call, of SVG: the window is as full as the last call left it. */
  readonly line: string
  readonly area: string
  readonly compactions: readonly { readonly x: number; readonly width: number }[]
}

/** How full the context was over the time that the scale shows. */
export function courseOf({ fills, compactions }: Gauge, scale: Scale): Course {
  const y = (share: number): number => bottom - share * (bottom - top)
  const points = fills.map(({ atMs, share }) => ({ x: scale.toX(atMs), y: y(share) }))
  const [first] = points
  if (first === undefined) return { line: '', area: '', compactions: [] }
  const steps = points.map(({ x, y: level }, i) => `${i === 0 ? `M${fixed(x)},` : `H${fixed(x)}V`}${fixed(level)}`)
  const line = `${steps.join('')}H${fixed(scale.width)}`
  return {
    line,
    area: `${line}V${String(bottom)}H${fixed(first.x)}Z`,
    compactions: compactions.map(({ startMs, endMs }) => {
      const x = scale.toX(startMs)
      return { x, width: Math.max(2, scale.toX(endMs) - x) }
    }),
  }
}

const fixed = (value: number): string => value.toFixed(1)

/** The state at the end, in few words and in a sentence. */
export function gaugeWords({ fills, compactions, callsLeft }: Gauge): { short: string; whole: string } {
  const last = fills.at(-1)
  if (last === undefined) return { short: 'context', whole: 'Nothing received says how full the context is.' }
  const share = percent(last.tokens, last.window) || '0 %'
  const left = callsLeft === null ? '' : ` · ~${counted(callsLeft, 'call')} left`
  const most = Math.max(...fills.map((fill) => fill.share))
  const sentences = [
    `The context window of ${last.window.toLocaleString('en')} tokens is ${share} full after the last of ${counted(fills.length, 'call')}, and was ${percent(most, 1) || '0 %'} at most.`,
    compactions.length === 0
      ? ''
      : `It was compacted ${compactions.length === 1 ? 'once' : `${String(compactions.length)} times`}.`,
    callsLeft === null ? '' : `At its recent growth about ${counted(callsLeft, 'more call')} will fit.`,
  ]
  return { short: `context ${share}${left}`, whole: sentences.filter((words) => words !== '').join(' ') }
}
