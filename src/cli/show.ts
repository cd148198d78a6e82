import { findSessionNamed } from '../engine/reading/find-session.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { shownSession } from '../engine/reading/shown-session.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import type { ShowOptions } from './options/show.ts'
import { answer } from './print.ts'
import { sessionPage } from './show/session-lines.ts'

/** Shows a session on a page. */
export function show({ session, dataDir, depth, rows, json }: ShowOptions): void {
  const shown = withFolder(dataDir, (db) => {
    const found = findSessionNamed(db, session, process.cwd())
    noteElsewhere(found)
    return shownSession(db, found.id)
  })
  answer('show', shown, json, (value, screen) => sessionPage(value, { depth, rows }, screen, Date.now()))
}
