import { findSessionNamed } from '../engine/reading/find-session.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { resumable } from '../engine/reading/resumable.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import type { ResumeOptions } from './options/resume.ts'
import { answer } from './print.ts'
import { resumeLine } from './resume-line.ts'

/** Prints the line that goes on with a session. */
export function resume({ session, dataDir, json }: ResumeOptions): void {
  const { id, folder } = withFolder(dataDir, (db) => {
    const found = findSessionNamed(db, session, process.cwd())
    noteElsewhere(found)
    return resumable(db, found.id)
  })
  const command = resumeLine({ id, folder })
  if (json) answer('resume', { id, folder, command }, true, () => [])
  // Whole, however narrow the screen is: it is to be run.
  else process.stdout.write(`${command}\n`)
}
