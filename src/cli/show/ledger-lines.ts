import type { CommandResults } from '../../contract/commands.ts'
import { shareNames, shortDuration } from '../../contract/short-words.ts'
import { styled, type Line, type Piece } from '../text/line.ts'
import type { Screen } from '../text/screen.ts'
import { percentWords } from '../text/words.ts'
import { shareLooks, signOf, type ShareKind } from './looks.ts'

type Ledger = CommandResults['show']['ledger']
interface Known {
  readonly kind: ShareKind
  readonly ms: number
}

/** Where the time inside turns went: one bar, and a line a share. */
export function ledgerLines({ shares }: Pick<Ledger, 'shares'>, screen: Screen): Line[] {
  const order = Object.keys(shareNames)
  const known = shares
    .flatMap(({ kind, ms }): Known[] => (ms === null || ms <= 0 || kind === 'between_turns' ? [] : [{ kind, ms }]))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const whole = known.reduce((sum, { ms }) => sum + ms, 0)
  if (whole === 0) return []
  return [
    [
      styled('bold', 'Where the time went'),
      `  ${shortDuration(whole)}${shares.some(({ kind, ms }) => kind === 'between_turns' && ms !== null && ms > 0) ? ' without the pauses between turns' : ''}`,
    ],
    barOf(known, whole, screen),
    ...known
      .toSorted((a, b) => b.ms - a.ms)
      .map(({ kind, ms }): Line => {
        const look = shareLooks[kind]
        const percent = percentWords((ms / whole) * 100).padStart(6)
        return [
          '  ',
          styled(look.style, signOf(look, screen)),
          ` ${shareNames[kind].padEnd(26)}${percent}  ${shortDuration(ms)}`,
        ]
      }),
  ]
}

/** Edges are rounded, not lengths, so that the cells add up to the line. */
function barOf(known: readonly Known[], whole: number, screen: Screen): Line {
  const cells = Math.min(screen.width - 4, 100)
  let passed = 0
  const pieces = known.map(({ kind, ms }): Piece => {
    const from = Math.round((passed / whole) * cells)
    passed += ms
    const look = shareLooks[kind]
    return styled(look.style, signOf(look, screen).repeat(Math.round((passed / whole) * cells) - from))
  })
  return ['  ', ...pieces]
}
