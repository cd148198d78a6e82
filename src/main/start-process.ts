import { utilityProcess } from 'electron'
import type { StartProcess } from '../engine/index.ts'

/** The packaged app cannot run as Node, so a file of the engine runs in a process of Electron's. */
export const startUtilityProcess: StartProcess = (file) => {
  const child = utilityProcess.fork(file, [], { serviceName: 'Colophon console' })
  return {
    send: (message) => {
      child.postMessage(message)
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', (code) => {
        listener(`its process ended with code ${String(code)}`)
      })
    },
    kill: () => child.kill(),
  }
}
