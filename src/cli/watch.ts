import { setTimeout as after } from 'node:timers/promises'
import type { CommandResults } from '../contract/commands.ts'
import { findSessionNamed, newestSession } from '../engine/reading/find-session.ts'
import { checkSchema, openFolder, placeOf } from '../engine/reading/open-folder.ts'
import { shownSession } from '../engine/reading/shown-session.ts'
import { changesOf } from '../engine/reading/changes.ts'
import type { CommandHost } from './command-host.ts'
import type { WatchOptions } from './options/show.ts'
import { costLines, headLines } from './show/session-lines.ts'
import { ledgerLines } from './show/ledger-lines.ts'
import { waterfallLines } from './show/waterfall-lines.ts'
import { untilSignal } from './stop.ts'
import { ownScreen, printLines, redrawLines } from './terminal.ts'
import type { Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'

type Shown = CommandResults['show']

/** Of a screen whose height nobody tells. */
const usualHeight = 24
const fewestRows = 3

/** Shows a session while it runs, in place; where no terminal is, a page for each change. Ends when it is stopped. */
export async function watch(options: WatchOptions, host: Pick<CommandHost, 'untilStopped'>): Promise<void> {
  const { session, dataDir, depth, intervalS } = options
  const stopping = new AbortController()
  void (host.untilStopped ?? untilSignal)().then(() => stopping.abort())
  const db = openFolder(dataDir)
  const isOfFolder = placeOf(dataDir)
  try {
    const hasChanged = changesOf(db)
    // A session by its id is there, or the command was called wrongly.
    if (session !== 'last') findSessionNamed(db, session, process.cwd())
    let drawn: number | null = null
    let isLive = true
    while (!stopping.signal.aborted) {
      checkSchema(db)
      if (!isOfFolder()) throw new Error(`the database in ${dataDir} is gone`)
      // A live session grows while nothing arrives.
      if (hasChanged() || (isLive && process.stdout.isTTY)) {
        const found =
          session === 'last' ? newestSession(db, process.cwd()) : findSessionNamed(db, session, process.cwd())
        const shown = found === null ? null : shownSession(db, found.id)
        isLive = shown?.session.state === 'live'
        const screen = ownScreen()
        const height = process.stdout.isTTY ? (process.stdout.rows ?? usualHeight) : Infinity
        const lines =
          shown === null
            ? [['No session yet: waiting for the first one.']]
            : watchLines(shown, { depth, height }, screen, Date.now())
        if (process.stdout.isTTY) drawn = redrawLines(lines, screen, drawn)
        else printLines([...lines, []], screen)
      }
      await after(intervalS * 1000, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  } finally {
    db.close()
  }
}

/** What fits: what is left of the height belongs to the rows that began last. */
export function watchLines(
  shown: Shown,
  { depth, height }: { readonly depth: number; readonly height: number },
  screen: Screen,
  nowMs: number,
): Line[] {
  const above = [...headLines(shown, screen, nowMs), [], ...ledgerLines(shown.ledger, screen), []]
  const below = [[], ...costLines(shown, screen)]
  // The head of the rows, the line that tells how many are left out, and the line that the cursor is on.
  const rows = Math.max(fewestRows, Math.min(60, height - above.length - below.length - 3))
  const lines = [...above, ...waterfallLines(shown, { depth, rows, latest: true }, screen), ...below]
  return lines.slice(0, Math.max(1, height - 1))
}
