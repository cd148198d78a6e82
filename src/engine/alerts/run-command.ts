import { spawn } from 'node:child_process'
import type { Told } from './told.ts'

const timeoutMs = 30_000
const mostSaid = 300

/**
 * Runs a command of the user's in their own shell. What the alert says may be the words of a session, so it is no part of the command:
 * it is in `COLOPHON_ALERT` and, as JSON, on standard input. Throws an Error in words where it does not end with 0 within 30 s.
 */
export function runCommand(command: string, told: Told): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      env: { ...process.env, COLOPHON_ALERT: told.words },
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      // With what it has started itself.
      detached: process.platform !== 'win32',
    })
    let said = ''
    let isLate = false
    const late = setTimeout(() => {
      isLate = true
      end(child.pid)
    }, timeoutMs)
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < mostSaid) said += chunk.toString()
    })
    // It need not read what it is given.
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${JSON.stringify(told)}\n`)
    child.once('error', (error) => {
      clearTimeout(late)
      reject(new Error(`the command could not be started: ${error.message}`))
    })
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      if (code === 0) return resolve()
      const how = isLate
        ? `took longer than ${String(timeoutMs / 1000)} s`
        : `ended with ${code === null ? (signal ?? 'a signal') : `exit code ${String(code)}`}`
      const why = said.trim().slice(0, mostSaid)
      reject(new Error(`the command ${how}${why === '' ? '' : `: ${why}`}`))
    })
  })
}

function end(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
