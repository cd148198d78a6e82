import { usd } from '../../model/pricing/money.ts'
import { compact } from './number.ts'

/** An amount where a column has room for seven characters, whose title has every digit: `<$0.001`, `$0.0042`, `$12,400`, `$124k`. */
export function narrowUsd(value: number): string {
  if (value > 0 && value < 0.001) return '<$0.001'
  return value < 99_999.5 ? usd(value) : `$${compact(value)}`
}
