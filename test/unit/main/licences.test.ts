import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { licences } from '../../../src/contract/shell.ts'
import { nodeCommand } from '../../node-command.ts'

const root = resolve(import.meta.dirname, '../../..')

test('the licences are those of the packages that are installed', () => {
  const { status, stderr } = spawnSync(...nodeCommand('scripts/licences.mjs', '--check'), { cwd: root })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
})

test('every package has a licence, and its text where it has one', () => {
  const { packages, texts } = licences.parse(JSON.parse(readFileSync(resolve(root, 'resources/licences.json'), 'utf8')))
  const names = packages.map(({ name }) => name)
  for (const name of ['electron', 'vue', 'better-sqlite3', 'echarts', 'zod', '@fontsource-variable/inter'])
    expect(names).toContain(name)
  for (const { licence, text } of packages) {
    expect(licence).not.toBe('')
    if (text !== null) expect(texts[text]).toBeTruthy()
  }
})
