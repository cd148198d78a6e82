import type { CommandResults } from '../contract/commands.ts'
import { sessionName } from '../contract/session-name.ts'
import { openReading } from '../engine/reading/index.ts'
import { contextLine, findingLines } from './finding-lines.ts'
import type { ExplainOptions } from './options/explain.ts'
import { answer } from './print.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import { styled, wrapped, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'

type Explained = CommandResults['explain']

/** Says why a session was slow or expensive; also beside a Colophon that runs on the folder. */
export async function explain({ session, dataDir, json }: ExplainOptions): Promise<void> {
  const reading = openReading(dataDir)
  try {
    const found = reading.find(session, process.cwd())
    noteElsewhere(found)
    const known = await reading.ask('session.get', { id: found.id })
    const { id } = known
    const findings = await reading.ask('session.findings', { id })
    answer('explain', { id, title: sessionName(known), ...findings }, json, explainLines)
  } finally {
    reading.close()
  }
}

export function explainLines(explained: Explained, screen: Screen): Line[] {
  const { id, title, verdict, tokensDiffer } = explained
  const context = contextLine(explained)
  return [
    ...wrapped(title, screen, '', 'bold'),
    [styled('dim', `(${id})`)],
    ...wrapped(verdict ?? 'It has had no turn yet.', screen),
    [],
    ...findingLines(explained, screen),
    ...(tokensDiffer === null ? [] : [[], ...wrapped(`Tokens: ${tokensDiffer}`, screen)]),
    ...(context.length === 0 ? [] : [[], ...context]),
  ]
}
