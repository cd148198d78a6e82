import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')
export const inProject = (...parts) => join(root, ...parts)

/** The project's own Node, newer than what many systems have. */
export const nodeBinary = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Why: src/engine/v8-fault.ts. */
const v8Switches = Object.values(JSON.parse(readFileSync(inProject('src', 'engine', 'v8-switches.json'), 'utf8')))

/** Every program of Node's that these scripts start, as the command and its arguments. */
export const nodeCommand = (...args) => [nodeBinary, ...v8Switches, ...args]

export const isRoot = process.getuid?.() === 0

/** Everything these scripts say themselves: standard output belongs to the program that they start. */
export function say(...words) {
  process.stderr.write(`${words.join(' ')}\n`)
}

export const environment = (extra = {}) => ({
  ...process.env,
  ...extra,
  PATH: [inProject('node_modules', '.bin'), process.env.PATH].join(delimiter),
})

/** Runs a command to its end, with its output on standard error; its exit code, or null where it could not run. */
export function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, env: environment(), stdio: ['ignore', 2, 2], ...options }).status
}

/** The same for a program of the project's own Node. */
export function runNode(args, options) {
  const [command, ...rest] = nodeCommand(...args)
  return run(command, rest, options)
}

/** The same for npm: through the very npm that runs this script where there is one, and by name otherwise. */
export function runNpm(...args) {
  const { npm_execpath: cli } = process.env
  return cli?.endsWith('.js') === true
    ? run(process.execPath, [cli, ...args])
    : run('npm', args, { shell: process.platform === 'win32' })
}

/** Becomes the command, as far as that is possible: its streams, its exit code, and signals passed on. */
export function become(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, env: environment(), stdio: 'inherit', ...options })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    say(`${command} could not be started: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
}
