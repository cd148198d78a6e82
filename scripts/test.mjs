import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { failure } from './failures.mjs'
import { runLanes, Stage } from './lanes.mjs'
import { findRuntimes, suites, suitesAtOnce } from './suites.mjs'

/** `npm test`: every check and every suite, whatever the one before came to. */
ensureInstalled()
ensureBuilt()

/** Characters: far more than is repeated of it. */
const keptOfOutput = 20_000

const runtimes = findRuntimes()
const stage = new Stage()
const rows = await runLanes(suites, suitesAtOnce, async (suite) => {
  const start = performance.now()
  let said = ''
  const outcome = await stage.play(suite.name, (say) =>
    suite.run((chunk) => {
      said = (said + chunk).slice(-keptOfOutput)
      say(chunk)
    }, runtimes),
  )
  return { name: suite.name, said, ...outcome, seconds: ((performance.now() - start) / 1000).toFixed(1) }
})

const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]

console.log(`\n${line(['suite', 'passed', 'failed', 'skipped', 'seconds', ''])}`)
for (const row of rows) console.log(line([row.name, row.passed, row.failed, row.skipped, row.seconds, row.note]))
// By name and behind all else: of a long output the end is what is looked at, and all that some build servers keep.
for (const row of rows)
  for (const { name, message } of failuresOf(row)) console.log(`\nFAILED in ${row.name}: ${name}\n${indented(message)}`)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0

function line([name, ...cells]) {
  const note = cells.pop()
  return `${name.padEnd(14)}${cells.map((cell) => String(cell).padStart(9)).join('')}  ${note}`.trimEnd()
}

/** What ended without a report of tests failed for what it said last. */
function failuresOf({ failed, failures, said }) {
  return failed > 0 && failures.length === 0 ? [failure(['the end of its output'], said, { end: true })] : failures
}

function indented(text) {
  return text.replaceAll(/^/gm, '    ')
}
