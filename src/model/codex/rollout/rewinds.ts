/** A file of a thread, and the one that it continues up to a line. */
export interface Continuing {
  readonly rolloutId: string
  readonly baseRolloutId: string | null
  readonly baseOrdinal: number | null
}

/** For each file of a thread the first ordinal that a later one took back; a return may reach back beyond the file that it names. */
export function cutsOf(files: readonly Continuing[]): ReadonlyMap<string, number> {
  const byId = new Map(files.map((file) => [file.rolloutId, file]))
  const cuts = new Map<string, number>()
  for (const { baseRolloutId, baseOrdinal } of files) {
    let [base, ordinal] = [baseRolloutId, baseOrdinal ?? Infinity]
    for (let steps = 0; base !== null && steps < files.length; steps++) {
      cuts.set(base, Math.min(cuts.get(base) ?? Infinity, ordinal))
      const next: Continuing | undefined = byId.get(base)
      ordinal = Math.min(ordinal, next?.baseOrdinal ?? Infinity)
      base = next?.baseRolloutId ?? null
    }
  }
  return cuts
}
