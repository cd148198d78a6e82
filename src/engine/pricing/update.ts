import type { Value } from '../../contract/index.ts'
import type { Result } from '../../contract/result.ts'
import { fetchPriceData, priceDataUrl } from './fetch-price-data.ts'

interface Store {
  readonly keep: (json: string) => Promise<Result<unknown>>
  readonly read: () => Promise<Result<Value<'prices.read'>>>
}

/** Fetches the published prices and puts them to use; what cannot be fetched or read changes nothing. */
export async function updatePrices(
  { keep, read }: Store,
  url: string = priceDataUrl,
): Promise<Result<Value<'prices.update'>>> {
  let json: string
  try {
    json = await fetchPriceData(url)
  } catch (error) {
    return {
      ok: false,
      error: { code: 'unavailable', message: error instanceof Error ? error.message : String(error) },
    }
  }
  const kept = await keep(json)
  return kept.ok ? read() : kept
}
