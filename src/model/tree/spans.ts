/**
 * Raw spans as columns, one entry a span, ordered by trace. Ids of traces, names and conversations are small integers of the
 * reader's making; -1 is none. Times are nanoseconds after the tree's base.
 */
export interface SpanColumns {
  readonly count: number
  readonly trace: Int32Array
  /** Index of the parent among these spans; -1 for a root and for a parent that has not arrived. */
  readonly parent: Int32Array
  readonly start: Float64Array
  readonly end: Float64Array
  /** The few spans that name a conversation, turn or call. */
  readonly links: ReadonlyMap<number, TreeLink>
}

export interface TreeLink {
  readonly kind: string
  /** 16 hex digits. */
  readonly spanId: string
  readonly conversationId: string | null
  readonly turnId: string | null
  readonly callId: string | null
}

/**
 * For every span the nearest of itself and its ancestors for which `pick` gives a value; `fallback` where none does.
 * Linear, without recursion, and safe on rings of parents.
 */
export function nearest<T>(
  { count, parent }: SpanColumns,
  pick: (span: number) => T | null,
  fallback: (span: number) => T,
): T[] {
  const found: (T | undefined)[] = new Array<T | undefined>(count)
  const path: number[] = []
  const onPath = new Uint8Array(count)
  for (let span = 0; span < count; span++) {
    let at = span
    let value: T | undefined
    while (at >= 0 && value === undefined) {
      value = found[at] ?? pick(at) ?? undefined
      if (value !== undefined || onPath[at] === 1) break
      path.push(at)
      onPath[at] = 1
      at = parent[at] ?? -1
    }
    if (value !== undefined && at >= 0) found[at] = value
    const settled = value ?? fallback(span)
    for (const index of path) {
      found[index] = settled
      onPath[index] = 0
    }
    found[span] ??= settled
    path.length = 0
  }
  return found as T[]
}
