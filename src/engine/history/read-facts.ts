import type { RolloutFact } from '../../model/codex/rollout/facts.ts'
import type { RolloutState } from '../../model/codex/rollout/record.ts'
import {
  factsOfLine,
  headLength,
  headOf,
  headOfParsed,
  isKnownKind,
  type LineHead,
  newFieldsOf,
  unparsed,
  yieldsFacts,
} from '../../model/codex/rollout/reader.ts'
import { LineScanner, type ScannedLine } from './line-scanner.ts'
import { readRollout } from './rollout-source.ts'

/** No line of a person's work comes near; world states and compaction histories, which may be long, are passed over anyway. */
export const longestLineBytes = 64 * 1024 * 1024

export interface RolloutProblem {
  readonly offset: number
  readonly what: 'broken' | 'too long'
}

export interface ReadOptions {
  readonly path: string
  readonly packed: boolean
  /** Where to go on, and with what; the state is moved on. */
  readonly offset: number
  readonly state: RolloutState
  readonly fact: (fact: RolloutFact) => void
  /** A line that says nothing to Colophon: no record, or longer than can be. */
  readonly problem: (problem: RolloutProblem) => void
  /** A kind of line that Colophon has not met, or a field of one, as `KIND.FIELD`. */
  readonly unknown: (name: string, atMs: number) => void
  /** Told after each piece with the bytes of it, and where reading would go on; false stops. */
  readonly goesOn: (bytes: number, readTo: number) => boolean | Promise<boolean>
}

/** Reads what a session file says from `offset` on, and answers where it stopped: behind the last whole line. */
export async function readRolloutFacts(options: ReadOptions): Promise<number> {
  const { path, packed, offset, problem, goesOn } = options
  /** Of the line whose beginning was looked at last: the one that is handed over next. */
  let head: LineHead | null = null
  const scanner = new LineScanner(
    {
      beginningBytes: headLength,
      longestBytes: longestLineBytes,
      wants: (beginning) => {
        head = headOf(beginning)
        return wants(beginning, head, options)
      },
      line: (line) => {
        readLine(line, head, options)
      },
      tooLong: (place) => {
        problem({ offset: place.offset, what: 'too long' })
      },
    },
    offset,
  )
  await readRollout(path, packed, offset, async (chunk) => {
    scanner.push(chunk)
    return goesOn(chunk.length, scanner.end)
  })
  return scanner.end
}

function wants(beginning: string, head: LineHead | null, { unknown }: ReadOptions): boolean {
  if (head === null) return beginning.trim() !== ''
  if (yieldsFacts(head.kind)) return true
  if (!isKnownKind(head.kind)) unknown(head.kind, Date.parse(head.timestamp))
  return false
}

function readLine(
  { place, text }: ScannedLine,
  early: LineHead | null,
  { state, fact, problem, unknown }: ReadOptions,
): void {
  const broken = (): void => {
    problem({ offset: place.offset, what: 'broken' })
  }
  const words = text()
  const usage = early === null ? null : unparsed(early.kind, words)
  let parsed: unknown = usage
  try {
    parsed ??= JSON.parse(words)
  } catch {
    return broken()
  }
  const head = early ?? headOfParsed(parsed)
  const facts = head === null ? null : factsOfLine(head, parsed, place, state)
  if (head === null || facts === null) return broken()
  const note = (name: string): void => {
    unknown(name, Date.parse(head.timestamp))
  }
  if (early === null && !isKnownKind(head.kind)) note(head.kind)
  if (usage === null) newFieldsOf(head.kind, parsed).forEach(note)
  for (const told of facts) fact(told)
}
