import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/result.ts'
import { procedures } from '../../src/contract/index.ts'
import { nodeCommand } from '../node-command.ts'

const root = resolve(import.meta.dirname, '../..')

test('the published schemas are those that the program checks by', () => {
  const { status, stderr } = spawnSync(...nodeCommand('scripts/write-schema.mjs', '--check'), { cwd: root })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
})

test('the page about the HTTP API names every procedure and every error, and none that is not there', () => {
  const text = readFileSync(resolve(root, 'docs/http-api.md'), 'utf8')
  const named = [...text.slice(text.indexOf('## Procedures')).matchAll(/`([\w.]+)`/g)].map(([, name]) => name)
  const known = Object.keys(procedures)
  expect([...new Set(named)].sort()).toEqual([...known, 'config.toml'].sort())
  for (const code of errorCodes) expect(text).toContain(`\`${code}\``)
})
