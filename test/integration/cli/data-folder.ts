import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, vi } from 'vitest'
import { openForWriting } from '../../../src/engine/store/database.ts'
import { storeCapture } from '../exchange/sessions.ts'

/** With effect on a terminal, if it were not made to be text. */
export const hostileTitle = 'Mend \u001b]0;owned\u0007\u001b[31mthe cart\u202e and 日本語'

/** A folder for the tests of a file: three runs, one of which has helpers, and one a title that would act on a terminal. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-commands-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const data = join(folder, 'data')
  const [renamed = ''] = storeCapture(data, '02_classic')
  for (const name of ['03_errors_retries', '09_subagents']) storeCapture(data, name)
  const db = openForWriting(data)
  db.prepare('UPDATE session SET title = ? WHERE id = ?').run(hostileTitle, renamed)
  db.close()
  return data
}

/** What a command printed as JSON, in this very process. */
export async function printed(run: () => Promise<void> | void): Promise<unknown> {
  let text = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  try {
    await run()
  } finally {
    write.mockRestore()
  }
  return JSON.parse(text)
}
