import { expect, test } from 'vitest'
import { costLines } from '../../../src/cli/costs.ts'
import { sessionLines } from '../../../src/cli/sessions.ts'
import { headLines } from '../../../src/cli/show/session-lines.ts'
import { linesText } from '../../../src/cli/text/line.ts'
import { breachesOf } from '../../../src/engine/alerts/breaches.ts'
import { exploreErrors } from '../../../src/engine/explore/errors.ts'
import { panelBehind } from '../../../src/engine/panels/behind.ts'
import { panelRunner } from '../../../src/engine/panels/run.ts'
import { calledFrom } from '../../../src/engine/queries/called.ts'
import { findSession, sessionList } from '../../../src/engine/queries/session-list.ts'
import { shownSession } from '../../../src/engine/reading/shown-session.ts'
import { spendingBy, spendingIn } from '../../../src/engine/reading/spending.ts'
import { titled } from '../../../src/engine/reading/titled.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { contentOf } from '../../../src/mcp/content.ts'
import { sessionWords } from '../../../src/mcp/session-shape.ts'
import { tellsLengths } from '../../../src/contract/settings.ts'
import { sessionName } from '../../../src/model/session/name.ts'
import { exportText, storeCapture } from '../exchange/sessions.ts'
import { inTemporaryFolder } from './engine-under-test.ts'

test('a session whose prompts are not known has one name in the list, figures, errors, alerts, commands, exports and for agents', () =>
  inTemporaryFolder((dataDir) => {
    const [id = ''] = storeCapture(dataDir, '03b_errors_recovered')
    const db = openForWriting(dataDir)
    try {
      db.prepare('UPDATE session SET title = NULL, busy_ns = 7200000000000').run()
      const session = findSession(db, id, 0)
      if (session === null) throw new Error('no session')
      const name = sessionName(session)
      expect(name).toMatch(/^\S+ · \d+ \w{3} \d\d:\d\d:\d\d$/)

      const screen = { width: 160, colour: false, unicode: true }
      const range = { fromMs: session.startedAtMs - 1, toMs: session.lastSeenAtMs + 1 }
      const all = { ...range, filters: { helpers: true }, limit: 100 }
      const list = sessionList(db, { helpers: false, limit: 9, offset: 0 }, 0)
      const spent = { rows: [...titled(db, spendingBy(db, 'session', range))], total: spendingIn(db, range) }
      const shown = shownSession(db, id)
      const of = (row?: { sessionId: string | null; session: object }): string =>
        sessionName({ id: row?.sessionId ?? '', ...calledFrom(db)(null), ...row?.session })
      const [figure] = panelBehind(
        db,
        { ...all, panel: 'sessions-and-calls', figure: 'sessions', by: {}, each: 'fact', order: 'time' },
        0,
      ).rows
      const table = panelRunner(db, 0)({ ...all, panel: 'batches' })
      const longest = String(table.rows[0]?.['longestId'])
      const [error] = exploreErrors(db, { ...all, text: '' }, 0).errors
      const [alert] = breachesOf(db, { kind: 'session-duration', minutes: 10 }, Math.ceil(session.lastSeenAtMs))
      const named = {
        list: linesText(sessionLines(list, screen, range.toMs), screen),
        costs: linesText(costLines({ ...range, by: 'session', moreRows: 0, ...spent }, screen), screen),
        show: linesText(headLines(shown, screen, range.toMs), screen),
        figure: of(figure),
        table: sessionName({ id: longest, ...calledFrom(db)(null), ...table.sessions[longest] }),
        error: of(error),
        alert: alert?.words ?? '',
        markdown: exportText(db, { id, format: 'markdown', redact: [], version: '0.0.0' }),
        agents: sessionWords(session, contentOf(tellsLengths)).title,
      }
      for (const [place, words] of Object.entries(named)) expect(words, place).toContain(name)
    } finally {
      db.close()
    }
  }))
