import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { app, session } from 'electron'
import { isCommandName } from '../cli/commands.ts'
import { endInTime } from '../cli/stop.ts'
import { startUtilityProcess } from './start-process.ts'

const headless = '--ozone-platform=headless'
const flags: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-v'])
/** Chromium's, which the starter script puts before a command (resources/linux/colophon). */
const isSwitch = (argument: string): boolean => argument.startsWith('--') && !flags.has(argument)

/**
 * The packaged app is the command line as well, because its fuses keep it from running as Node: what stands behind the app's name
 * when that is a command, null where a window is wanted. From its sources `npm run colophon` is the command line.
 */
export function commandOf(argv: readonly string[], isPackaged: boolean): readonly string[] | null {
  if (!isPackaged) return null
  const start = argv.findIndex((argument, index) => index > 0 && !isSwitch(argument))
  const first = argv[start]
  if (first === undefined || start <= 0) return null
  // Without a display no window could open: a word that is no command is told, not waited for.
  const isCommand = isCommandName(first) || first === 'help' || flags.has(first) || argv.includes(headless)
  return isCommand ? argv.slice(start) : null
}

/**
 * What a command has to be started with again where there is no display; null where it can go on. Chromium looks for one as soon as
 * this module has been read, whatever the module says, and ends the process where it finds none.
 */
export function headlessAgain(
  argv: readonly string[],
  command: readonly string[],
  { DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv,
  platform = process.platform,
): readonly string[] | null {
  const canGoOn = platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY) || argv.includes(headless)
  return canGoOn ? null : ['--no-sandbox', headless, '--in-process-gpu', '--disable-gpu', '--log-level=3', ...command]
}

/** Runs a command in this process, without a window or a display, and ends the app with its exit code. */
export async function runCommand(args: readonly string[]): Promise<void> {
  app.disableHardwareAcceleration()
  // Chromium wants a profile even where it shows nothing, and not the one of an app that runs.
  app.setPath('userData', join(cacheFolder(), 'colophon'))
  // macOS would show an icon in the dock.
  if (process.platform === 'darwin') app.setActivationPolicy('prohibited')
  const { runCommandLine } = await import('../cli/run.ts')
  await runCommandLine(args, {
    packageDir: resolve(import.meta.dirname, '../..'),
    startProcess: startUtilityProcess,
    untilStopped,
  })
  await written(process.stdout)
  await app.whenReady()
  await networkStarted()
  app.exit(typeof process.exitCode === 'number' ? process.exitCode : 0)
}

/** Far beyond what Chromium takes to start its network service. */
const networkPatienceMs = 2000

/**
 * A quick command is done while Chromium still starts its network service, and to be ended in that is a segmentation fault. Who ends all processes
 * of a service at once has ended that one as well, and then no answer may ever come.
 */
async function networkStarted(): Promise<void> {
  await Promise.race([session.defaultSession.getCacheSize(), setTimeout(networkPatienceMs)])
}

/** Of this user alone. On macOS and Windows that is what the temporary folder is. */
function cacheFolder(): string {
  if (process.platform !== 'linux') return app.getPath('temp')
  const { XDG_CACHE_HOME: chosen } = process.env
  return chosen?.startsWith('/') === true ? chosen : join(homedir(), '.cache')
}

/** Electron has its own handlers of the signals, and turns each into a wish to quit. */
function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    app.on('before-quit', (event) => {
      event.preventDefault()
      endInTime((code) => {
        app.exit(code)
      })
      stop()
    })
  })
}

/** What goes into a pipe may still be on its way. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve()
    })
  })
}
