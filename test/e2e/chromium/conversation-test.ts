import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conversationQueries } from '../../../src/engine/queries/conversation.ts'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { storeHome } from '../../integration/history/stored-home.ts'
import { answersOf } from './fake-answers.ts'
import { startFakeHost } from './fake-host.ts'
import { sessionId } from './fake-session.ts'
import { test as base } from './page-test.ts'
import { richRollout } from './rich-rollout.ts'
import { fakeBlock } from './waterfall-test.ts'

/** A Codex home with the session's file in it. */
export interface SessionFile {
  readonly path: string
  readonly text: string
}

/** The tests of the page, with a conversation that is read from a session file as the engine reads it. */
export const test = base.extend<{ readonly sessionFile: SessionFile }>({
  sessionFile: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'colophon-conversation-'))
    const folder = join(home, 'sessions', '2026', '11', '20')
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `rollout-2026-11-20T14-02-11-${sessionId}.jsonl`)
    const text = richRollout()
    writeFileSync(path, text)
    await use({ path, text })
    rmSync(home, { recursive: true, force: true })
  },
  host: async ({ world, sessionFile }, use) => {
    const data = mkdtempSync(join(tmpdir(), 'colophon-data-'))
    const db = openForWriting(data)
    await storeHome(db, join(sessionFile.path, '../../../../..'))
    const host = await startFakeHost({
      ...answersOf(world),
      ...conversationQueries(db),
      'session.block': ({ spans }) => fakeBlock(world.tree, spans),
    })
    await use(host)
    host.close()
    db.close()
    rmSync(data, { recursive: true, force: true })
  },
})
