import Database from 'better-sqlite3'
import { expect, test, vi } from 'vitest'
import { logFailure } from '../../../../src/engine/store/log-failure.ts'

test('a disk that takes nothing is one line an hour, however often it is tried; a fault of a program is told whole', () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  try {
    const full = new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
    for (const minute of [0, 1, 59, 61]) logFailure('facts could not be written', full, minute * 60_000)
    logFailure('sums could not be written', full, 0)
    const fault = new TypeError('x is not a function')
    for (let i = 0; i < 2; i++) logFailure('facts could not be written', fault)
    expect(log.mock.calls).toEqual([
      ['colophon: facts could not be written: The disk is full.'],
      ['colophon: facts could not be written: The disk is full.'],
      ['colophon: sums could not be written: The disk is full.'],
      ['colophon: facts could not be written:', fault],
      ['colophon: facts could not be written:', fault],
    ])
  } finally {
    log.mockRestore()
  }
})
