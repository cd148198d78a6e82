import type { BoundField, NumberBounds } from '../../model/panels/filters.ts'
import { usd } from '../../model/pricing/money.ts'
import { duration } from '../format/duration.ts'
import { exact } from '../format/number.ts'

/** In what a bound is typed, and how much of the field's own unit that is. */
export const boundUnits: Readonly<Record<BoundField, { readonly name: string; readonly size: number }>> = {
  errors: { name: '', size: 1 },
  duration: { name: 'seconds', size: 1000 },
  busy: { name: 'seconds', size: 1000 },
  cost: { name: 'US dollars', size: 1 },
}

const shown: Readonly<Record<BoundField, (value: number) => string>> = {
  errors: exact,
  duration,
  busy: duration,
  cost: usd,
}

/** `none`, `any`, `≥ 2`, `≤ 10 m 00 s`, `1.0 s – 4.0 s`. */
export function boundWords(field: BoundField, { atLeast, atMost }: NumberBounds): string {
  const words = shown[field]
  if (field === 'errors' && atMost === 0) return 'none'
  if (field === 'errors' && atLeast === 1 && atMost === undefined) return 'any'
  if (atLeast === undefined) return `≤ ${words(atMost ?? 0)}`
  return atMost === undefined ? `≥ ${words(atLeast)}` : `${words(atLeast)} – ${words(atMost)}`
}
