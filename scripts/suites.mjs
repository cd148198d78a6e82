import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { inProject, isRoot, nodeCommand } from './run.mjs'
import { failuresOfPlaywright, failuresOfVitest } from './failures.mjs'
import { runSaying } from './lanes.mjs'
import { ensureChromium, ensureElectron, ensureVirtualDisplay, hasDisplay, naming, which } from './runtimes.mjs'

/** What a suite comes to. `note` says why, where that is not plain; `failures` are those of `failed` that have a name. */
const outcome = (passed, failed, skipped = 0, note = '', failures = []) => ({
  passed,
  failed,
  skipped,
  note,
  failures,
})

const bin = {
  tsc: ['typescript-native', 'bin', 'tsc'],
  'vue-tsc': ['vue-tsc', 'bin', 'vue-tsc.js'],
  eslint: ['eslint', 'bin', 'eslint.js'],
  oxlint: ['oxlint', 'bin', 'oxlint'],
  depcruise: ['dependency-cruiser', 'bin', 'dependency-cruiser.mjs'],
  prettier: ['prettier', 'bin', 'prettier.cjs'],
  vitest: ['vitest', 'vitest.mjs'],
  playwright: ['@playwright', 'test', 'cli.js'],
}

const toolCommand = (name, ...args) => nodeCommand(inProject('node_modules', ...bin[name]), ...args)

/** A check counts as one test, of however many commands it consists; the first that fails ends it. */
const check = (name, ...commands) => ({
  name,
  async run(say) {
    for (const command of commands) if ((await runSaying(say, toolCommand(...command))) !== 0) return outcome(0, 1)
    return outcome(1, 0)
  },
})

const vitest = (project) => ({
  name: project,
  async run(say) {
    const report = reportFile(project)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const args = ['run', '--project', project, '--passWithNoTests', ...reporters]
    const code = await runSaying(say, toolCommand('vitest', ...args))
    return fromReport(report, code, (json) => {
      const failures = failuresOfVitest(json)
      const skipped = json.numPendingTests + (json.numTodoTests ?? 0)
      return outcome(json.numPassedTests, failures.length, skipped, '', failures)
    })
  },
})

const playwright = (project, prepare) => ({
  name: `${project} e2e`,
  async run(say, runtimes) {
    const { before = [], env = {}, missing } = await prepare(say, runtimes)
    if (missing !== undefined) return missing
    const report = reportFile(`e2e-${project}`)
    const args = ['test', '--project', project, '--pass-with-no-tests', '--reporter=list,json']
    const code = await runSaying(say, [...before, ...toolCommand('playwright', ...args)], {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    })
    return fromReport(report, code, (json) => {
      const { expected, flaky, unexpected, skipped } = json.stats
      return outcome(expected + flaky, unexpected, skipped, '', failuresOfPlaywright(json))
    })
  },
})

/** What the suites run on. To fetch it may take long and is done before they start, for nothing else runs meanwhile. */
export const findRuntimes = () => ({
  chromium: ensureChromium(),
  electron: ensureElectron(),
  display: hasDisplay ? [] : ensureVirtualDisplay(),
})

function prepareChromium(say, { chromium }) {
  return chromium === null ? { missing: outcome(0, 1, 0, 'no Chromium') } : { env: naming(chromium) }
}

function prepareElectron(say, { electron, display }) {
  if (electron === null) return skipLoudly(say, 'no Electron runtime')
  return display === null ? skipLoudly(say, 'no display and no xvfb-run') : { before: display }
}

/** The app as it is installed, of these sources. */
async function preparePackaged(say, runtimes) {
  const prepared = prepareElectron(say, runtimes)
  if (prepared.missing !== undefined) return prepared
  if (process.platform !== 'linux') return skipLoudly(say, 'these tests know the folders of Linux alone')
  // With the .deb for the suite behind it, so that the app is packaged once; to compress it takes minutes and tells nothing.
  const wanted = whyNotInstalled() ? ['--dir'] : ['deb', '--uncompressed']
  return (await runSaying(say, nodeCommand(inProject('scripts', 'dist.mjs'), ...wanted))) === 0
    ? prepared
    : { missing: outcome(0, 1, 0, 'the app could not be packaged') }
}

/** It changes the system that it runs on, so it wants a machine that is there for it. */
function prepareInstalled(say, runtimes) {
  const reason = whyNotInstalled()
  return reason === null ? prepareElectron(say, runtimes) : skipLoudly(say, reason)
}

function whyNotInstalled() {
  if (process.env.CI !== 'true') return 'the .deb is installed only where CI=true says that it may be'
  return isRoot && which('apt-get') !== null ? null : 'the .deb is installed by root, with apt-get'
}

function skipLoudly(say, reason) {
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

/** Lanes run side by side, the checks of one another after another; each check keeps one core busy. */
export const checks = [
  [
    // The native compiler checks what is plain TypeScript, in a fifth of the time; what has .vue in it is vue-tsc's.
    check(
      'types',
      ['tsc', '-b', 'src/cli', 'src/main', 'src/preload', 'tsconfig.tools.json'],
      ['vue-tsc', '-p', 'src/renderer'],
      ['tsc', '-p', 'test'],
    ),
    check('layers', ['depcruise', 'src', '--config', '.dependency-cruiser.cjs']),
  ],
  [
    // oxlint has the rules that need types (.oxlintrc.json), ESLint those that a file tells by itself and all of .vue.
    check('lint', ['oxlint', '--type-aware'], ['eslint', '.']),
    check('format', ['prettier', '--check', '.', '--log-level', 'warn']),
  ],
]

/** Those that the next ones of a lane build upon, or that share a system's state and its display, stand in one lane. */
export const suites = [
  [vitest('integration')],
  [playwright('chromium', prepareChromium)],
  [
    playwright('packaged', preparePackaged),
    playwright('installed', prepareInstalled),
    playwright('electron', prepareElectron),
  ],
  [...checks.flat(), vitest('unit'), vitest('contract')],
]

/** All of them: each waits for much and leaves its core to the others, so one that begins late runs alone, with a core that idles. */
export const suitesAtOnce = suites.length
