/** A server takes no parameter beyond 128 KiB: so many ids of traces or conversations are well below it. */
const most = 2000

export function* chunksOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += most) yield items.slice(from, from + most)
}
