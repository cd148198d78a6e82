import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeAutostart } from '../../../src/main/autostart.ts'
import { makePipe } from '../engine/special-files.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'colophon-autostart-'))
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true })
  })
  return path
}

test('the entry names the command, each word as the desktop reads it', () => {
  const file = join(folder(), 'made', 'autostart', 'colophon.desktop')
  writeAutostart(file, ['/opt/50% "off"/colophon', '--hidden'])
  expect(readFileSync(file, 'utf8')).toContain('\nExec="/opt/50%% \\"off\\"/colophon" "--hidden"\n')
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
})

test('what lies in its place is neither opened nor written through', () => {
  const dir = folder()
  const file = join(dir, 'colophon.desktop')
  makePipe(file)
  writeAutostart(file, ['colophon'])
  const victim = join(dir, 'victim')
  writeFileSync(victim, 'kept')
  rmSync(file)
  symlinkSync(victim, file)
  writeAutostart(file, ['colophon'])
  expect(readFileSync(victim, 'utf8')).toBe('kept')
})

// Where nothing can be made, Node's own `recursive` tries for ever.
test.runIf(existsSync('/proc/1'))('a folder that cannot be made is an error', () => {
  expect(() => writeAutostart('/proc/1/config/autostart/colophon.desktop', ['colophon'])).toThrow()
})
