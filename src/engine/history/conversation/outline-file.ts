import { closeSync, readSync, type Stats } from 'node:fs'
import { newOutline, type Outline } from '../../../model/codex/conversation/outline.ts'
import { isPartOfTranscript, takeBeginning, takeLine } from '../../../model/codex/conversation/take-line.ts'
import type { RolloutName } from '../../../model/codex/rollout/file-name.ts'
import { headLength, headOf, headOfParsed } from '../../../model/codex/rollout/reader.ts'
import { openRegularFile } from '../../regular-file.ts'
import { markOf } from '../file-mark.ts'
import { LineScanner, type ScannedLine } from '../line-scanner.ts'
import { longestLineBytes } from '../read-facts.ts'
import { readRollout } from '../rollout-source.ts'

/** A file as it was when it was looked through, and how far. */
export interface OutlinedFile {
  readonly path: string
  readonly outline: Outline
  readonly end: number
  readonly stat: Pick<Stats, 'ino' | 'size' | 'mtimeMs'>
  /** Its first bytes, and for one that may grow a mark of what was looked through: a file that was written anew in place has others. */
  readonly beginning: string
  readonly mark: string
}

/** Looks through a session file, or through what it has grown by since `before`. */
export async function outlineFile(
  path: string,
  name: RolloutName,
  before: OutlinedFile | undefined,
): Promise<OutlinedFile> {
  const { stat, beginning } = lookAt(path)
  const known = before?.stat.ino === stat.ino && before.beginning === beginning ? before : undefined
  if (known?.stat.size === stat.size && known.stat.mtimeMs === stat.mtimeMs) return known
  const grows = known !== undefined && !name.packed && stat.size >= known.end && markOf(path, known.end) === known.mark
  const outline = grows ? known.outline : newOutline(name)
  const scanner = new LineScanner(
    {
      beginningBytes: headLength,
      longestBytes: longestLineBytes,
      wants: (start) => isPartOfTranscript(headOf(start)?.kind ?? 'session_meta'),
      line: (line) => {
        take(outline, line)
      },
      // Facts count it; here it is a gap.
      tooLong: () => undefined,
    },
    grows ? known.end : 0,
  )
  await readRollout(path, name.packed, scanner.end, (chunk) => {
    scanner.push(chunk)
    return true
  })
  return { path, outline, end: scanner.end, stat, beginning, mark: name.packed ? '' : markOf(path, scanner.end) }
}

function take(outline: Outline, { place, beginning, text }: ScannedLine): void {
  const early = headOf(beginning)
  if (early !== null && takeBeginning(outline, early, beginning, place)) return
  let parsed: unknown
  try {
    parsed = JSON.parse(text())
  } catch {
    return
  }
  const head = early ?? headOfParsed(parsed)
  if (head !== null) takeLine(outline, head, parsed, place)
}

function lookAt(path: string): Pick<OutlinedFile, 'stat' | 'beginning'> {
  const { fd, stat } = openRegularFile(path, false)
  try {
    const bytes = Buffer.alloc(headLength)
    const read = readSync(fd, bytes, 0, headLength, 0)
    return { stat, beginning: bytes.toString('latin1', 0, read) }
  } finally {
    closeSync(fd)
  }
}
