import type { PriceOverride } from '../../../../contract/prices.ts'

/** A price as it is typed: an empty field of cached input means what other input costs. */
export interface PriceForm {
  model: string
  input: string
  cached: string
  cacheWrite: string
  output: string
}

export const emptyForm: Readonly<PriceForm> = { model: '', input: '', cached: '', cacheWrite: '', output: '' }

export function formOf({ model, input, cached, cacheWrite, output }: PriceOverride): PriceForm {
  const text = (rate: number | null): string => (rate === null ? '' : String(rate))
  return { model, input: text(input), cached: text(cached), cacheWrite: text(cacheWrite), output: text(output) }
}

/** What the form says; null where a field that must say something does not, or says no price. */
export function overrideOf(form: PriceForm): PriceOverride | null {
  const model = form.model.trim()
  const input = rateOf(form.input)
  const output = rateOf(form.output)
  const cached = form.cached.trim() === '' ? null : rateOf(form.cached)
  const cacheWrite = form.cacheWrite.trim() === '' ? null : rateOf(form.cacheWrite)
  if (model === '' || input === null || output === null) return null
  if (form.cached.trim() !== '' && cached === null) return null
  if (form.cacheWrite.trim() !== '' && cacheWrite === null) return null
  return { model, input, cached, cacheWrite, output }
}

/** Dollars for a million tokens, with a point or a comma. */
function rateOf(text: string): number | null {
  const plain = text.trim().replace(',', '.').replace(/^\$/, '')
  if (!/^\d+(\.\d+)?$/.test(plain)) return null
  const rate = Number(plain)
  return rate <= 1_000_000 ? rate : null
}
