import { ensureInstalled } from './ensure.mjs'
import { runLanes, Stage } from './lanes.mjs'
import { checks } from './suites.mjs'

/** `npm run check`: every check, or the one that is named. */
const [named] = process.argv.slice(2)
ensureInstalled()

const wanted = checks.map((lane) => lane.filter(({ name }) => named === undefined || name === named))
const stage = new Stage()
const outcomes = await runLanes(wanted, wanted.length, (check) => stage.play(check.name, (say) => check.run(say)))
process.exitCode = outcomes.length > 0 && outcomes.every(({ failed }) => failed === 0) ? 0 : 1
