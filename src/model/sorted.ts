/** How many of the ascending numbers are at most `limit`: the index behind the last of them. */
export function countUpTo(ascending: readonly number[], limit: number): number {
  return countWhile(ascending, (value) => value <= limit)
}

/** How many of the ascending numbers are below `limit`. */
export function countBelow(ascending: readonly number[], limit: number): number {
  return countWhile(ascending, (value) => value < limit)
}

function countWhile(ascending: readonly number[], isBefore: (value: number) => boolean): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(ascending[middle] as number)) low = middle + 1
    else high = middle
  }
  return low
}
