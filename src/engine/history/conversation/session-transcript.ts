import { basename } from 'node:path'
import type { Standing, ToldLine } from '../../../model/codex/conversation/entry.ts'
import type { ConversationItem } from '../../../model/codex/conversation/item.ts'
import { itemOf } from '../../../model/codex/conversation/items/index.ts'
import type { Quoting } from '../../../model/codex/conversation/quote.ts'
import { transcriptOf, type Standee } from '../../../model/codex/conversation/transcript.ts'
import { parseRolloutName, type RolloutName } from '../../../model/codex/rollout/file-name.ts'
import { isMissing, wordsOf } from '../find-rollouts.ts'
import { outlineFile, type OutlinedFile } from './outline-file.ts'
import { readLines } from './read-lines.ts'

/** A session file, and what keeps it from being read. */
export interface LookedAt {
  readonly path: string
  readonly problem: 'gone' | 'unreadable' | null
  /** The system's words. */
  readonly why: string
}

export interface SessionTranscript {
  readonly files: readonly LookedAt[]
  readonly standees: readonly Standee[]
  /** Those from `from` on, before `to`, with their words. */
  readonly items: (from: number, to: number, quoting: Quoting) => Promise<readonly ConversationItem[]>
}

export interface Transcripts {
  /** Of the session whose files these are: newly read, or read on where they have grown. */
  readonly of: (sessionId: string, paths: readonly string[]) => Promise<SessionTranscript>
}

/** Sessions whose outlines are kept: who looks at one asks for it again and again. */
const mostKept = 4

type Files = ReadonlyMap<string, OutlinedFile>

/** Transcripts of sessions by their files. One at a time is looked through for a session: it may be asked again meanwhile. */
export function keepTranscripts(): Transcripts {
  const kept = new Map<string, Promise<Files>>()

  async function look(sessionId: string, paths: readonly string[]): Promise<SessionTranscript> {
    const before = kept.get(sessionId) ?? Promise.resolve<Files>(new Map())
    const problems = new Map<string, LookedAt>()
    const now = before.catch(() => new Map<string, OutlinedFile>()).then((files) => outlineAll(paths, files, problems))
    kept.delete(sessionId)
    kept.set(sessionId, now)
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
    const files = await now
    const standees = transcriptOf([...files.values()].map(({ outline }) => outline))
    return {
      files: paths.map((path) => problems.get(path) ?? { path, problem: null, why: '' }),
      standees,
      items: (from, to, quoting) =>
        readItems(standees.slice(from, to), files, quoting, () => {
          // It was written anew since: whoever asks next has it looked through again.
          if (kept.get(sessionId) === now) kept.delete(sessionId)
        }),
    }
  }

  return {
    of: look,
  }
}

async function outlineAll(paths: readonly string[], before: Files, problems: Map<string, LookedAt>): Promise<Files> {
  const files = new Map<string, OutlinedFile>()
  for (const path of paths) {
    const name = parseRolloutName(basename(path))
    if (name === null) continue
    try {
      files.set(name.rolloutId, await outlineFile(path, name, before.get(name.rolloutId)))
    } catch (error) {
      problems.set(path, { path, problem: isMissing(error) ? 'gone' : 'unreadable', why: wordsOf(error) })
    }
  }
  return files
}

async function readItems(
  standees: readonly Standee[],
  files: Files,
  quoting: Quoting,
  changed: () => void,
): Promise<readonly ConversationItem[]> {
  const lines = new Map<string, ReadonlyMap<number, ToldLine>>()
  for (const [rolloutId, { path }] of files) {
    const wanted = standees.flatMap((standee) =>
      standee.kind === 'entry' && standee.standing.entry.rolloutId === rolloutId ? standee.standing.entry.lines : [],
    )
    if (wanted.length === 0) continue
    const read = await readLines(path, nameOf(path).packed, wanted)
    if (wanted.some(({ place }) => !read.has(place.offset))) changed()
    lines.set(rolloutId, read)
  }
  return standees.map((standee) => (standee.kind === 'origin' ? standee.item : told(standee.standing, lines, quoting)))
}

function told(
  standing: Standing,
  lines: ReadonlyMap<string, ReadonlyMap<number, ToldLine>>,
  quoting: Quoting,
): ConversationItem {
  const read = lines.get(standing.entry.rolloutId)
  // A line may have come since the others were read.
  const own = standing.entry.lines.map(({ place }) => read?.get(place.offset)).filter((line) => line !== undefined)
  return itemOf(standing, own, quoting)
}

function nameOf(path: string): RolloutName {
  const name = parseRolloutName(basename(path))
  if (name === null) throw new Error(`${path} is not a session file`)
  return name
}
