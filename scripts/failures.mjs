import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './run.mjs'

/** How much of a message is repeated at the end: its reason and where it was thrown, not all that was on the page. */
const mostLines = 30

/**
 * What failed, as `npm test` repeats it behind the output of all suites: `[{ name, message }]`, with the file and the titles in `name`.
 * `json` is the report of Vitest's `json` reporter, as of Jest.
 */
export function failuresOfVitest(json) {
  return json.testResults.flatMap((file) => {
    const place = relative(root, file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    // A file that does not load has no tests that could fail.
    if (failed.length === 0 && file.status === 'failed') return [failure([place], file.message)]
    return failed.map((test) =>
      failure([place, ...test.ancestorTitles, test.title], (test.failureMessages ?? []).join('\n')),
    )
  })
}

/** The same of a report of Playwright's `json` reporter. */
export function failuresOfPlaywright(json) {
  const outside = (json.errors ?? []).map((error) => failure(['outside any test'], error.message))
  return [...(json.suites ?? []).flatMap((suite) => ofSuite(suite, [])), ...outside]
}

function ofSuite(suite, above) {
  const titles = [...above, suite.title]
  const specs = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'unexpected')
      .map((test) =>
        failure([...titles, spec.title], test.results.flatMap((result) => result.errors.map(messageOf)).join('\n')),
      ),
  )
  return [...specs, ...(suite.suites ?? []).flatMap((inner) => ofSuite(inner, titles))]
}

function messageOf({ message = '', location }) {
  return location === undefined ? message : `${message}\nat ${relative(root, location.file)}:${location.line}`
}

/** A failure by its titles; of a long message its beginning, or its `end`. */
export function failure(titles, message = '', { end = false } = {}) {
  const lines = stripVTControlCharacters(message).trim().split('\n')
  const more = lines.length - mostLines
  const left = `… and ${more} more lines`
  if (more <= 0) return { name: titles.join(' › '), message: lines.join('\n') }
  const shown = end ? [left, ...lines.slice(-mostLines)] : [...lines.slice(0, mostLines), left]
  return { name: titles.join(' › '), message: shown.join('\n') }
}
