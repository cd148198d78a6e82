import type { CommandResults } from '../contract/commands.ts'
import { explainedSession } from '../engine/reading/explained-session.ts'
import { findSessionNamed } from '../engine/reading/find-session.ts'
import { withFolder } from '../engine/reading/open-folder.ts'
import { contextLine, findingLines } from './finding-lines.ts'
import type { ExplainOptions } from './options/explain.ts'
import { answer } from './print.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import { styled, wrapped, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'

type Explained = CommandResults['explain']

/** Says why a session was slow or expensive; also beside a Colophon that runs on the folder. */
export function explain({ session, dataDir, json }: ExplainOptions): void {
  const told = withFolder(dataDir, (db) => {
    const found = findSessionNamed(db, session, process.cwd())
    noteElsewhere(found)
    return explainedSession(db, found.id)
  })
  answer('explain', told, json, explainLines)
}

export function explainLines(told: Explained, screen: Screen): Line[] {
  const { id, title, verdict, tokensDiffer } = told
  const context = contextLine(told)
  return [
    ...wrapped(title, screen, '', 'bold'),
    [styled('dim', `(${id})`)],
    ...wrapped(verdict ?? 'Nothing is known yet of the time inside turns.', screen),
    [],
    ...findingLines(told, screen),
    ...(tokensDiffer === null ? [] : [[], ...wrapped(`Tokens: ${tokensDiffer}`, screen)]),
    ...(context.length === 0 ? [] : [[], ...context]),
  ]
}
