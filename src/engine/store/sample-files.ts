import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseRolloutName } from '../../model/codex/rollout/file-name.ts'
import { factsOfLine, headOfParsed, newRolloutState } from '../../model/codex/rollout/reader.ts'
import { rolloutWriter } from '../history/rollout-writer.ts'
import { toldBy } from '../history/told-rows.ts'
import type { Db } from './database.ts'

/** Writes what a session file of the sample says; its words are read from it where it lies. The caller holds the transaction. */
export function writeSampleFile(db: Db, sampleDir: string, file: string): void {
  const name = parseRolloutName(file)
  if (name === null) return
  const path = join(sampleDir, file)
  const bytes = readFileSync(path)
  const state = newRolloutState(name)
  const told = toldBy(name)
  let offset = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, offset)) {
    const line: unknown = JSON.parse(bytes.toString('utf8', offset, end))
    const head = headOfParsed(line)
    if (head !== null) factsOfLine(head, line, { offset, length: end - offset }, state)?.forEach(told.add)
    offset = end + 1
  }
  const { size, mtimeMs, ino } = statSync(path)
  const { rolloutId, threadId } = name
  const lies = { home: sampleDir, path, archived: false, bytes: size, modifiedMs: mtimeMs, inode: ino, head: '' }
  const writer = rolloutWriter(db)
  writer.takeBack(rolloutId)
  writer.write({ rolloutId, threadId, ...lies, readTo: offset, state, problems: 0 }, told.take())
}

/** The caller holds the transaction. */
export function takeSampleFilesBack(db: Db): void {
  const files = db
    .prepare<[], string>(
      'SELECT rollout_id FROM rollout_file JOIN session ON session.id = thread_id WHERE session.sample = 1',
    )
    .pluck()
    .all()
  const writer = rolloutWriter(db)
  for (const id of files) writer.takeBack(id)
}
