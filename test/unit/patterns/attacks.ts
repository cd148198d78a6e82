/** What patterns without words of their own stumble over. */
const common = ['a', 'A', '0', ' ', '\n', '-', '_', '.', '/', '"', "'", '\\', ':', '=', '@', '[', '{', '#']

/** No pattern wants it, so one that looks for an end after a repetition fails there. */
const stop = '\u0001'

/**
 * Repetitions that a pattern is likely to be slow at: of its own words and characters, alone and in pairs, behind an opening, and
 * with an end.
 */
export function* attacksOn(pattern: RegExp, length: number): Generator<string> {
  const pieces = piecesOf(pattern)
  const repeated = (piece: string): string => piece.repeat(Math.ceil(length / piece.length))
  for (const piece of pieces) {
    yield repeated(piece) + stop
    for (const other of pieces) {
      if (other === piece) continue
      yield repeated(piece + other) + stop
      yield piece + repeated(other) + stop
      yield piece + repeated(other) + piece + stop
    }
  }
}

function piecesOf({ source }: RegExp): readonly string[] {
  const withoutSigns = source.replace(/\(\?<?\w*[:>=!]|\\[dwsbBDSWp]|\\u[0-9a-fA-F]{4}|\\x[0-9a-f]{2}/g, ' ')
  const plain = withoutSigns.replaceAll('\\n', '\n').replace(/\\(?=.)/g, '')
  const words = plain.match(/[A-Za-z]{2,}|-{2,}|:\/\/|\.\w/g) ?? []
  return [...new Set([...common, ...words, ...plain.replace(/[\w(|)?*+^$]/g, '')])]
}

/** Milliseconds that the fastest of a few runs takes of the processor: what else a machine does counts for nothing, a slow pattern in all. */
export function fastestMs(work: () => void, enoughMs: number): number {
  let fastest = Infinity
  for (let run = 0; run < 20 && fastest > enoughMs; run++) {
    const begun = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(begun)
    fastest = Math.min(fastest, (user + system) / 1000)
  }
  return fastest
}
