/** Names in the order in which they were first drawn, by kind: each keeps its colour in every chart, and after a reload. */
const key = 'colophon.colours'
/** Beyond, names take their places anew: nobody tells so many hues apart. */
const mostNames = 200

let known: Map<string, string[]> | null = null

function read(): Map<string, string[]> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const kinds = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    return new Map(kinds.flatMap(([kind, names]) => (Array.isArray(names) ? [[kind, names.map(String)]] : [])))
  } catch {
    // Without storage, or with something else in it, colours hold for as long as the page does.
    return new Map()
  }
}

function write(places: ReadonlyMap<string, readonly string[]>): void {
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(places)))
  } catch {
    // As above.
  }
}

/** The place of a name among its kind: the first that was drawn has 0. */
export function placeOf(kind: string, name: string): number {
  known ??= read()
  const names = known.get(kind) ?? []
  const at = names.indexOf(name)
  if (at >= 0) return at
  const next = names.length < mostNames ? [...names, name] : [name]
  known.set(kind, next)
  write(known)
  return next.length - 1
}

/** As a reload does. */
export function forgetPlaces(): void {
  known = null
}
