import { ensureBuilt, ensureInstalled } from './ensure.mjs'
import { runLanes, Stage } from './lanes.mjs'
import { findRuntimes, suites, suitesAtOnce } from './suites.mjs'

/** `npm test`: every check and every suite, whatever the one before came to. */
ensureInstalled()
ensureBuilt()

const runtimes = findRuntimes()
const stage = new Stage()
const rows = await runLanes(suites, suitesAtOnce, async (suite) => {
  const start = performance.now()
  const outcome = await stage.play(suite.name, (say) => suite.run(say, runtimes))
  return { name: suite.name, ...outcome, seconds: ((performance.now() - start) / 1000).toFixed(1) }
})

const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]

console.log(`\n${line(['suite', 'passed', 'failed', 'skipped', 'seconds', ''])}`)
for (const row of rows) console.log(line([row.name, row.passed, row.failed, row.skipped, row.seconds, row.note]))
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0

function line([name, ...cells]) {
  const note = cells.pop()
  return `${name.padEnd(14)}${cells.map((cell) => String(cell).padStart(9)).join('')}  ${note}`.trimEnd()
}
