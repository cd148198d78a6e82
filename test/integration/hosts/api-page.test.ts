import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { built } from '../../built.ts'
import { send, startStage, temporaryFolder } from './api-support.ts'
import type { Stage } from './api-support.ts'

async function startWithPage(): Promise<Stage> {
  const folder = temporaryFolder({ secret: 'not for you' })
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<!doctype html>')
  writeFileSync(join(page, 'assets', 'index.js'), 'export {}')
  writeFileSync(join(page, 'assets', 'a b.css'), 'a {}')
  mkdirSync(join(folder, 'page-of-another'))
  writeFileSync(join(folder, 'page-of-another', 'secret'), 'not for you')
  symlinkSync(join(folder, 'secret'), join(page, 'assets', 'link.js'))
  return startStage({ staticDir: page })
}

test.each([
  ['/', 'text/html; charset=utf-8', '<!doctype html>'],
  ['/?anything', 'text/html; charset=utf-8', '<!doctype html>'],
  ['/assets/index.js', 'text/javascript; charset=utf-8', 'export {}'],
  ['/assets/a%20b.css', 'text/css; charset=utf-8', 'a {}'],
])('%s is served without a token, as %s', async (path, type, text) => {
  const answer = await send(await startWithPage(), path)
  expect(answer).toMatchObject({ status: 200, text, headers: { 'content-type': type } })
})

test('the code of the page says first of all that it is to be compiled while it comes', () => {
  const assets = built('renderer/assets')
  const pages = readdirSync(assets).filter((name) => /^page-.*\.js$/.test(name))
  expect(pages).toHaveLength(1)
  expect(readFileSync(join(assets, pages[0] ?? ''), 'utf8')).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/)
})

test('the page may run its own scripts, talk to its own server, and nothing else', async () => {
  const { headers } = await send(await startWithPage(), '/')
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
})

test.each([
  '/../secret',
  '/assets/../../secret',
  '/%2e%2e/secret',
  '/..%2fsecret',
  '/assets/..%2f..%2fsecret',
  '/..%5csecret',
  '/../page-of-another/secret',
  '//etc/passwd',
  '/assets/link.js',
  '/index.html%00.js',
  '/%',
  '/assets',
  '/nothing',
  '/sessions/1',
])('%s leads to no file', async (path) => {
  const answer = await send(await startWithPage(), path)
  expect(answer.status).toBe(404)
  expect(answer.text).not.toContain('not for you')
})

test('the page is only read', async () => {
  const stage = await startWithPage()
  expect(await send(stage, '/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  expect(await send(stage, '/', { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})
