import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

interface Failure {
  readonly name: string
  readonly message: string
}

const { failuresOfVitest, failuresOfPlaywright } = createRequire(import.meta.url)(
  '../../../scripts/failures.mjs',
) as Record<'failuresOfVitest' | 'failuresOfPlaywright', (json: unknown) => Failure[]>

const place = (name: string) => resolve(import.meta.dirname, '../../..', name)

test('a test of Vitest is named by its file and titles, without the colours of its message', () => {
  const passed = { status: 'passed', ancestorTitles: [], title: 'two', failureMessages: [] }
  const failed = { ...passed, status: 'failed', ancestorTitles: ['one'], failureMessages: ['\u001B[31mno\u001B[39m'] }
  const file = { name: place('test/unit/a.test.ts'), status: 'failed', message: '', assertionResults: [passed, failed] }
  expect(failuresOfVitest({ testResults: [file] })).toEqual([
    { name: 'test/unit/a.test.ts › one › two', message: 'no' },
  ])
})

test('a file that does not load is a failure of its own', () => {
  const file = { name: place('test/unit/a.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] }
  expect(failuresOfVitest({ testResults: [file] })).toEqual([
    { name: 'test/unit/a.test.ts', message: 'no such module' },
  ])
})

test('a test of Playwright is named through all suites around it, and by the line that failed', () => {
  const location = { file: place('test/e2e/chromium/a.spec.ts'), line: 7 }
  const failed = { status: 'unexpected', results: [{ errors: [{ message: 'no', location }] }] }
  const specs = [
    { title: 'two', tests: [failed] },
    { title: 'three', tests: [{ status: 'expected', results: [] }] },
  ]
  const suites = [{ title: 'a.spec.ts', specs: [], suites: [{ title: 'one', specs }] }]
  expect(failuresOfPlaywright({ suites })).toEqual([
    { name: 'a.spec.ts › one › two', message: 'no\nat test/e2e/chromium/a.spec.ts:7' },
  ])
})

test('of a long message the beginning is shown, and how much more there is', () => {
  const message = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')
  const [shown] = failuresOfPlaywright({ errors: [{ message }] })
  expect(shown?.message.split('\n')).toHaveLength(31)
  expect(shown?.message).toMatch(/^line 0\n[^]*\n… and 70 more lines$/)
})
