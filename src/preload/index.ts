import { contextBridge, ipcRenderer } from 'electron'
import type { IpcRendererEvent } from 'electron'
import type { Bridge } from '../contract/bridge.ts'
import type { Params, ProcedureName, Value } from '../contract/index.ts'
import type { Result } from '../contract/result.ts'
import type { ShellBridge, ShellCall, ShellParams, ShellValue } from '../contract/shell.ts'

/** Calls the listener with what comes on a channel, and with nothing of Electron's own. */
function listen<T>(channel: string, listener: (message: T) => void): () => void {
  const forward = (_event: IpcRendererEvent, message: T): void => listener(message)
  ipcRenderer.on(channel, forward)
  return () => {
    ipcRenderer.off(channel, forward)
  }
}

const bridge: Bridge = {
  invoke<N extends ProcedureName>(name: N, params: Params<N>) {
    return ipcRenderer.invoke('colophon:invoke', name, params) as Promise<Result<Value<N>>>
  },
  subscribe: (listener) => listen('colophon:changed', listener),
}

const shell: ShellBridge = {
  invoke<N extends ShellCall>(name: N, params: ShellParams<N>) {
    return ipcRenderer.invoke('colophon:shell', name, params) as Promise<Result<ShellValue<N>>>
  },
  onCommand: (listener) => listen('colophon:command', listener),
}

contextBridge.exposeInMainWorld('colophon', bridge)
contextBridge.exposeInMainWorld('colophonShell', shell)
