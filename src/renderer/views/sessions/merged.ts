interface Listed {
  readonly id: string
  readonly startedAtMs: number
}

/**
 * What was read of a list that is read a page at a time, the newest first, with one more page of it. The page tells all of the time that it
 * reaches over, so that what is gone from there leaves; the list may have moved on between two pages, which then overlap. `isFirst` and
 * `isLast`: nothing is before it, or after.
 */
export function merged<Item extends Listed>(
  known: readonly Item[],
  page: readonly Item[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly Item[] {
  const fromMs = isFirst ? Infinity : (page[0]?.startedAtMs ?? -Infinity)
  const toMs = isLast ? -Infinity : (page.at(-1)?.startedAtMs ?? -Infinity)
  const told = new Set(page.map(({ id }) => id))
  const before = known.filter(({ id, startedAtMs }) => startedAtMs >= fromMs && !told.has(id))
  const after = known.filter(({ id, startedAtMs }) => startedAtMs < fromMs && startedAtMs <= toMs && !told.has(id))
  return [...before, ...page, ...after]
}
