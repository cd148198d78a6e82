import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Integrity } from './engine.ts'
import type { CheckReply } from './store/check-worker.ts'
import type { WorkerOptions } from './store/messages.ts'
import { keepRunning, type Kept, type Watch } from './threads/keep-running.ts'
import { threadOf } from './threads/start-thread.ts'

export interface IntegrityCheck {
  readonly found: Promise<Integrity>
  /** The engine stops cleanly. A check that was not finished, or found damage, is made again at the next start. */
  close(): Promise<void>
}

/**
 * Marks the folder as in use. Where the mark of an earlier engine is still there, that one did not stop cleanly, and the database
 * is checked on a thread and a connection of its own. The caller holds the folder's lock, so that no other engine runs.
 */
export function checkAfterUncleanStop(options: WorkerOptions, watch: Watch): IntegrityCheck {
  const mark = join(options.dataDir, 'running')
  const wasUnclean = existsSync(mark)
  writeFileSync(mark, `${String(process.pid)}\n`, { mode: 0o600 })
  const check = wasUnclean ? keepRunning({ part: 'check', start: threadOf('check', () => options), watch }) : null
  let isGood = check === null
  const found = check === null ? Promise.resolve<Integrity>({ kind: 'clean' }) : answerOf(check)
  void found.then(({ kind }) => {
    isGood ||= kind === 'sound'
    return check?.close()
  })
  return {
    found,
    async close() {
      await check?.close()
      if (isGood) rmSync(mark, { force: true })
    },
  }
}

async function answerOf(check: Kept): Promise<Integrity> {
  try {
    const { problems } = await check.askTwice<CheckReply>({ kind: 'check' })
    return problems.length === 0 ? { kind: 'sound' } : { kind: 'damaged', problems }
  } catch {
    return { kind: 'not-checked' }
  }
}
