import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { environment, inProject, isRoot, nodeBinary, run, say } from './run.mjs'
import { ensureChromium, ensureElectron, ensureVirtualDisplay, hasDisplay, which } from './runtimes.mjs'

/** What a suite comes to. `note` says why, where that is not plain. */
const outcome = (passed, failed, skipped = 0, note = '') => ({ passed, failed, skipped, note })

const bin = {
  types: ['vue-tsc', 'bin', 'vue-tsc.js'],
  lint: ['eslint', 'bin', 'eslint.js'],
  layers: ['dependency-cruiser', 'bin', 'dependency-cruiser.mjs'],
  format: ['prettier', 'bin', 'prettier.cjs'],
  vitest: ['vitest', 'vitest.mjs'],
  playwright: ['@playwright', 'test', 'cli.js'],
}

const tool = (name) => inProject('node_modules', ...bin[name])

function runTool(name, args, options) {
  return run(nodeBinary, [tool(name), ...args], { stdio: 'inherit', ...options })
}

/** A check counts as one test. */
const check = (name, ...args) => ({
  name,
  run: () => (runTool(name, args) === 0 ? outcome(1, 0) : outcome(0, 1)),
})

const vitest = (project) => ({
  name: project,
  run() {
    const report = reportFile(project)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = runTool('vitest', ['run', '--project', project, '--passWithNoTests', ...reporters])
    return fromReport(report, code, (json) => {
      // A file that does not load has no tests that could fail.
      const broken = json.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
      return outcome(
        json.numPassedTests,
        json.numFailedTests + broken.length,
        json.numPendingTests + (json.numTodoTests ?? 0),
      )
    })
  },
})

const playwright = (project, prepare) => ({
  name: `${project} e2e`,
  run() {
    const { command = nodeBinary, before = [], env = {}, missing } = prepare()
    if (missing !== undefined) return missing
    const report = reportFile(`e2e-${project}`)
    const code = run(
      command,
      [...before, tool('playwright'), 'test', '--project', project, '--pass-with-no-tests', '--reporter=list,json'],
      { stdio: 'inherit', env: environment({ ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }) },
    )
    return fromReport(report, code, ({ stats }) =>
      outcome(stats.expected + stats.flaky, stats.unexpected, stats.skipped),
    )
  },
})

function prepareChromium() {
  const path = ensureChromium()
  return path === null ? { missing: outcome(0, 1, 0, 'no Chromium') } : { env: { CHROMIUM_PATH: path } }
}

function prepareElectron() {
  if (ensureElectron() === null) return skipLoudly('no Electron runtime')
  if (hasDisplay) return {}
  const xvfb = ensureVirtualDisplay()
  return xvfb === null ? skipLoudly('no display and no xvfb-run') : { command: xvfb, before: ['-a', nodeBinary] }
}

/** The app as it is installed, of these sources. */
function preparePackaged() {
  const prepared = prepareElectron()
  if (prepared.missing !== undefined) return prepared
  if (process.platform !== 'linux') return skipLoudly('these tests know the folders of Linux alone')
  return run(nodeBinary, [inProject('scripts', 'dist.mjs'), '--dir']) === 0
    ? prepared
    : { missing: outcome(0, 1, 0, 'the app could not be packaged') }
}

/** It changes the system that it runs on, so it wants a machine that is there for it. */
function prepareInstalled() {
  if (process.env.CI !== 'true') return skipLoudly('the .deb is installed only where CI=true says that it may be')
  if (!isRoot || which('apt-get') === null) return skipLoudly('the .deb is installed by root, with apt-get')
  const prepared = prepareElectron()
  if (prepared.missing !== undefined) return prepared
  return run(nodeBinary, [inProject('scripts', 'dist.mjs'), 'deb']) === 0
    ? prepared
    : { missing: outcome(0, 1, 0, 'the .deb could not be made') }
}

function skipLoudly(reason) {
  say(`\n!!! SKIPPED: these tests of the desktop app did not run: ${reason}. !!!\n`)
  return { missing: outcome(0, 0, 1, `SKIPPED: ${reason}`) }
}

function reportFile(name) {
  mkdirSync(inProject('test-results', 'reports'), { recursive: true })
  const path = inProject('test-results', 'reports', `${name}.json`)
  rmSync(path, { force: true })
  return path
}

/** What the report counts; a runner that failed beyond it (no report, an error outside any test) counts as one failure. */
function fromReport(path, code, read) {
  try {
    const counted = read(JSON.parse(readFileSync(path, 'utf8')))
    if (code === 0 && counted.passed + counted.skipped === 0) return { ...counted, note: 'no tests' }
    if (code === 0 || counted.failed > 0) return counted
    return { ...counted, failed: 1, note: `exit code ${code}` }
  } catch (error) {
    return outcome(0, code === 0 ? 0 : 1, 0, code === 0 ? 'no tests' : `no report: ${error.message}`)
  }
}

export const suites = [
  check('types', '-b'),
  check('lint', '.'),
  check('layers', 'src', '--config', '.dependency-cruiser.cjs'),
  check('format', '--check', '.', '--log-level', 'warn'),
  vitest('unit'),
  vitest('contract'),
  vitest('integration'),
  playwright('chromium', prepareChromium),
  playwright('electron', prepareElectron),
  playwright('packaged', preparePackaged),
  playwright('installed', prepareInstalled),
]
