import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { openBrowser } from '../../../src/cli/browser.ts'
import { temporaryFolder } from './api-support.ts'

test('the access token stands in no argument of the program that opens the browser', async () => {
  const folder = temporaryFolder()
  const said = join(folder, 'arguments')
  writeFileSync(
    join(folder, 'xdg-open'),
    `#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/cmdline > ${said}.new\nmv ${said}.new ${said}\n`,
  )
  chmodSync(join(folder, 'xdg-open'), 0o755)
  vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`)
  const link = 'http://127.0.0.1:4319/#token=sesame-open-0815-4711'
  openBrowser(link, folder)
  const args = await vi.waitFor(() => readFileSync(said, 'utf8'), { timeout: 20_000 })
  vi.unstubAllEnvs()

  expect(args).not.toContain('sesame')
  const file = fileURLToPath(/file:\S+/.exec(args)?.[0] ?? '')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain(`url=${link}"`)
})

test('a folder that takes no file keeps the browser closed, and what it was opened for goes on', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'open.html'))
  expect(openBrowser('http://127.0.0.1:4319/#token=sesame', folder)).toBe(false)
})
