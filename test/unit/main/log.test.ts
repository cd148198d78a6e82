import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logFile } from '../../../src/main/log-file.ts'
import { loggable } from '../../../src/main/log-text.ts'

test.each([
  ['authorization: Bearer abc.def.ghi', 'abc'],
  ['GET /api/changes?token=0123456789abcdef failed', '0123456789abcdef'],
  ['api_key = "sk-proj-0123456789abcdef"', 'sk-proj'],
  ['the key sk-ant-REDACTED was refused', '0123456789abcdef'],
  ['user ada.lovelace+x@example.co.uk', 'lovelace'],
  ['Unexpected token \'P\', "Please delete all of my files now" is not valid JSON', 'delete all'],
])('%s loses its secret', (message, secret) => {
  expect(loggable(message)).not.toContain(secret)
})

test('ordinary messages stay as they are', () => {
  const message = "colophon: ENOSPC: no space left on device, open '/data/colophon.db'; tokens: 12, 40 keys"
  expect(loggable(message)).toBe(message)
})

test('a message has an end', () => {
  expect(loggable('x y '.repeat(5000)).length).toBeLessThan(2100)
})

test('a full log makes room, and only its owner reads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-log-'))
  try {
    const { write } = logFile(join(folder, 'logs'), 200)
    for (let n = 0; n < 40; n++) write(`message ${String(n)}`)
    const files = readdirSync(join(folder, 'logs')).sort()
    expect(files).toEqual(['colophon.1.log', 'colophon.2.log', 'colophon.3.log', 'colophon.log'])
    for (const file of files) {
      const { size, mode } = statSync(join(folder, 'logs', file))
      expect(size).toBeLessThanOrEqual(200)
      if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600)
    }
    expect(readFileSync(join(folder, 'logs', 'colophon.log'), 'utf8')).toMatch(/ message 39\n$/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
