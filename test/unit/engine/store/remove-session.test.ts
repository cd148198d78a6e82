import { expect, test, vi } from 'vitest'
import { openForWriting } from '../../../../src/engine/store/database.ts'
import { sessionRemover } from '../../../../src/engine/store/remove-session.ts'
import { createWriter } from '../../../../src/engine/store/writer.ts'
import { temporaryFolder } from './temporary.ts'

test('what takes sessions and their rest away is prepared when something goes, once for a database', () => {
  const db = openForWriting(temporaryFolder())
  const prepare = vi.spyOn(db, 'prepare')
  const times = (sql: string) => prepare.mock.calls.filter(([one]) => one === sql).length
  const whole = 'DELETE FROM turn WHERE session_id = ?'
  const some = `${whole} LIMIT 200`

  const writer = createWriter(db)
  expect(writer.sweep.step(0)).toBe(true)
  expect([times(whole), times(some)]).toEqual([0, 0])

  const removers = [sessionRemover(db), sessionRemover(db)]
  const session = db.prepare<[string]>('INSERT INTO session (id, first_ns, last_ns) VALUES (?, 1, 2)')
  const left = () => db.prepare('SELECT count(*) FROM session').pluck().get()
  for (const [n, remover] of removers.entries()) {
    session.run(`session ${String(n)}`)
    expect(left()).toBe(1)
    remover.remove(`session ${String(n)}`)
    expect(left()).toBe(0)
  }
  expect([times(whole), times(some)]).toEqual([1, 1])

  db.prepare("INSERT INTO left_session (session_id) VALUES ('of the sweep')").run()
  expect(writer.sweep.step(0)).toBe(false)
  expect(times(some)).toBe(2)
  expect(writer.sweep.step(0)).toBe(true)
  db.close()
})
