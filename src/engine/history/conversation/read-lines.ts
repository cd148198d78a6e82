import { closeSync, readSync } from 'node:fs'
import type { EntryLine, ToldLine } from '../../../model/codex/conversation/entry.ts'
import { asPart, part } from '../../../model/codex/rollout/payload.ts'
import { headOfParsed } from '../../../model/codex/rollout/reader.ts'
import { openRegularFile } from '../../regular-file.ts'
import { readRollout } from '../rollout-source.ts'
import type { Attributes } from '../../../model/attributes.ts'

/** Lines of a file by their places, parsed. What is another line, or none, as where a file was written anew a moment ago, is left out. */
export async function readLines(
  path: string,
  packed: boolean,
  lines: readonly EntryLine[],
): Promise<ReadonlyMap<number, ToldLine>> {
  const inOrder = [...new Map(lines.map((line) => [line.place.offset, line])).values()].sort(
    (a, b) => a.place.offset - b.place.offset,
  )
  const told = new Map<number, ToldLine>()
  const take = (wanted: EntryLine, bytes: Buffer): void => {
    const line = parse(wanted, bytes)
    if (line !== null) told.set(wanted.place.offset, line)
  }
  if (packed) await unpackLines(path, inOrder, take)
  else readPlaces(path, inOrder, take)
  return told
}

type Take = (line: EntryLine, bytes: Buffer) => void

function readPlaces(path: string, lines: readonly EntryLine[], take: Take): void {
  const { fd } = openRegularFile(path, false)
  try {
    for (const line of lines) {
      const bytes = Buffer.allocUnsafe(line.place.length)
      const read = readSync(fd, bytes, 0, bytes.length, line.place.offset)
      take(line, bytes.subarray(0, read))
    }
  } finally {
    closeSync(fd)
  }
}

/** A packed file has no places: it is unpacked up to the last line that is wanted, and nothing of it is kept. */
async function unpackLines(path: string, lines: readonly EntryLine[], take: Take): Promise<void> {
  const [first] = lines
  if (first === undefined) return
  let at = first.place.offset
  let next = 0
  let pieces: Buffer[] = []
  await readRollout(path, true, at, (chunk) => {
    for (let line = lines[next]; line !== undefined; line = lines[next]) {
      const { offset, length } = line.place
      const piece = chunk.subarray(Math.max(0, offset - at), Math.max(0, offset + length - at))
      pieces.push(Buffer.from(piece))
      if (offset + length > at + chunk.length) break
      take(line, Buffer.concat(pieces))
      pieces = []
      next++
    }
    at += chunk.length
    return next < lines.length
  })
}

function parse({ kind, atMs }: EntryLine, bytes: Buffer): ToldLine | null {
  try {
    const line = asPart(JSON.parse(bytes.toString()) as Attributes)
    const head = headOfParsed(line)
    if (head?.kind !== kind) return null
    const writtenMs = Date.parse(head.timestamp)
    return atMs === undefined || Object.is(writtenMs, atMs)
      ? { kind, atMs: writtenMs, payload: part(line, 'payload') }
      : null
  } catch {
    return null
  }
}
