import { piecesOfBody, piecesOfAttributes, type Piece, type Speaker, type Speech } from './speech.ts'

/** What was said in a model call or a tool's, as its records have it; null where it was not sent. */
export interface Said {
  readonly prompt: string | null
  readonly arguments: string | null
  readonly output: string | null
}

/**
 * The same prompt may stand under several names, whole in one and in pieces in others: the longest of a kind is shown. `records` are
 * those of one call or step.
 */
export function saidIn(records: readonly Speech[], of: Speaker): Said {
  const longest: Partial<Record<Piece['kind'], string>> = {}
  const keep = (pieces: readonly Piece[]): void => {
    const families = new Map<string, Piece[]>()
    for (const piece of pieces) {
      const name = `${piece.kind} ${piece.family}`
      families.set(name, [...(families.get(name) ?? []), piece])
    }
    for (const family of families.values()) {
      const [{ kind }] = family as [Piece]
      const words = joinedWords(family)
      if (words.length > (longest[kind]?.length ?? 0)) longest[kind] = words
    }
  }
  for (const record of records) keep(piecesOfAttributes(record, of))
  // A log or an event a message: together they are the conversation.
  keep(records.flatMap(piecesOfBody))
  // A tool is asked with what it is given, whatever that is called.
  const asked = of === 'tool' ? (longest.arguments ?? longest.prompts) : longest.arguments
  return {
    prompt: of === 'tool' ? null : (longest.prompts ?? longest.system ?? null),
    arguments: asked ?? null,
    output: longest.output ?? null,
  }
}

/** What the nearer records say; of what they leave out, what the others do. */
export function filledUp(near: Said, far: Said): Said {
  return {
    prompt: near.prompt ?? far.prompt,
    arguments: near.arguments ?? far.arguments,
    output: near.output ?? far.output,
  }
}

/** In their order; where several speak, each text behind its speaker. */
function joinedWords(pieces: readonly Piece[]): string {
  if (pieces.length === 1) return pieces[0]?.words ?? ''
  return pieces
    .toSorted((a, b) => byPlace(a.place, b.place))
    .map(({ role, words }) => (role === null ? words : `${role}: ${words}`))
    .join('\n\n')
}

function byPlace(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, i) => number !== b[i])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
