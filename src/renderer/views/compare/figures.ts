import type { CompareResult } from '../../../contract/compare.ts'
import type { ShareKind } from '../../../model/ledger/share.ts'
import { shareNames } from '../../../model/ledger/share-names.ts'
import { duration, exactDuration } from '../../format/duration.ts'
import { exactUsd, usd } from '../../../model/pricing/money.ts'
import { compact, exact } from '../../format/number.ts'
import { isShareKind, shareLooks, shareOrder } from '../session/ledger/share-look.ts'

export type Unit = CompareResult['differences'][number]['unit']

/** A figure in its unit; what is not known is a dash. */
export function figure(unit: Unit, value: number | null): string {
  if (value === null) return '–'
  if (unit === 'ms') return duration(value)
  if (unit === 'usd') return usd(value)
  return unit === 'tokens' ? compact(value) : exact(value)
}

export function exactFigure(unit: Unit, value: number | null): string {
  if (value === null) return 'not known'
  if (unit === 'ms') return exactDuration(value)
  return unit === 'usd' ? exactUsd(value) : exact(value)
}

/** `+1.2 s`, `−3`, and `=` where both are the same. */
export function signed(unit: Unit, delta: number | null): string {
  if (delta === null) return ''
  if (delta === 0) return '='
  return `${delta > 0 ? '+' : '−'}${figure(unit, Math.abs(delta))}`
}

/** How much larger the second is, in percent of the first: `+38 %`, and nothing where there is no first. */
export function growth(a: number | null, b: number | null): string {
  if (a === null || b === null || a === 0 || a === b) return ''
  const percent = ((b - a) / a) * 100
  if (percent > 999) return `× ${(b / a).toFixed(b / a < 9.95 ? 1 : 0)}`
  const size = Math.abs(percent)
  if (size < 0.05) return '≈ 0 %'
  return `${percent > 0 ? '+' : '−'}${size < 0.95 ? size.toFixed(1) : Math.round(size)} %`
}

interface Shares {
  readonly shares: readonly { readonly kind: ShareKind; readonly ms: number | null }[]
}

export interface SharePair {
  readonly kind: ShareKind
  readonly a: number | null
  readonly b: number | null
}

/** The shares that either side has, in the legend's order. */
export function sharePairs(a: Shares, b: Shares): readonly SharePair[] {
  const of = ({ shares }: Shares, kind: ShareKind): number | null => {
    const share = shares.find((other) => other.kind === kind)
    return share ? share.ms : 0
  }
  return shareOrder
    .map((kind) => ({ kind, a: of(a, kind), b: of(b, kind) }))
    .filter((pair) => pair.a !== 0 || pair.b !== 0)
}

export function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : b - a
}

/** Differences as a reader calls them: the engine names a share by its kind. */
export function namedDifferences(differences: CompareResult['differences']) {
  return differences.map(({ name, unit, a, b }) => {
    const kind = /^share (.*)$/.exec(name)?.[1]
    if (!isShareKind(kind)) return { name, unit, a, b }
    return { name: shareNames[kind], unit, a, b, colour: shareLooks[kind].colour }
  })
}
