/** US dollars for a million tokens. `tiers` are ascending: the last one whose `above` the request's whole input exceeds counts for all. */
export interface Rate {
  readonly base: number
  readonly tiers: readonly { readonly above: number; readonly rate: number }[]
}

/** One row of a price list: what a model costs at some time. */
export interface Price {
  readonly provider: string
  /** The model's name in the price list, which may be shorter than the one asked for. */
  readonly model: string
  /** The first day, UTC, that the row is valid on; null: since ever. */
  readonly from: string | null
  readonly input: Rate
  /** null: cached input costs what other input does. */
  readonly cached: Rate | null
  readonly cacheWrite: Rate | null
  /** Of what is kept for an hour; without it, twice the price of input. */
  readonly hourWrite?: Rate | null
  /** null: the model has none, as one for embeddings. */
  readonly output: Rate | null
}

/** The price of a model at a moment, in Unix milliseconds; null where the list does not know the model. */
export interface PriceList {
  readonly version: string
  find(model: string, atMs: number, provider?: string | null): Price | null
}

/** A user's own prices stand before those of the list that comes with the product. */
export function withOverrides(list: PriceList, overrides: ReadonlyMap<string, Price>): PriceList {
  return {
    version: list.version,
    find: (model, atMs, provider) => overrides.get(model) ?? list.find(model, atMs, provider),
  }
}

export function rateFor({ base, tiers }: Rate, inputTokens: number): number {
  return tiers.findLast(({ above }) => inputTokens > above)?.rate ?? base
}
