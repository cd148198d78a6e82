import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PartName } from '../../contract/troubles.ts'
import type { StartProcess } from '../engine.ts'
import type { Start } from './keep-running.ts'
import { partFile } from './parts.ts'

export const startNodeProcess: StartProcess = (file) => {
  // Flags of this process, such as a test runner's, are not meant for another.
  const child = fork(file, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    // A process that has just died is told of by its end; without a listener the failed message would end this one, too.
    send: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', (code, signal) =>
        listener(signal === null ? `it ended with code ${String(code)}` : `${signal} ended it`),
      )
      child.once('error', (error) => listener(error.message))
    },
    kill: () => child.kill('SIGKILL'),
  }
}

export function processOf(part: Extract<PartName, 'console'>, start: StartProcess): Start {
  return (told) => {
    const child = start(fileURLToPath(partFile(part)))
    let isGone = false
    child.onMessage(told.message)
    child.onExit((why) => {
      if (!isGone) told.ended(why)
      isGone = true
    })
    return {
      post: child.send,
      kill: () => {
        child.kill()
        return Promise.resolve()
      },
    }
  }
}
