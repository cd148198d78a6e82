import { contextBridge, ipcRenderer } from 'electron'
import type { IpcRendererEvent } from 'electron'
import type { Bridge } from '../contract/bridge.ts'
import type { Changed } from '../contract/changes.ts'
import type { Params, ProcedureName, Value } from '../contract/index.ts'
import type { Result } from '../contract/result.ts'

const bridge: Bridge = {
  invoke<N extends ProcedureName>(name: N, params: Params<N>) {
    return ipcRenderer.invoke('colophon:invoke', name, params) as Promise<Result<Value<N>>>
  },
  subscribe(listener) {
    const forward = (_event: IpcRendererEvent, changed: Changed): void => listener(changed)
    ipcRenderer.on('colophon:changed', forward)
    return () => {
      ipcRenderer.off('colophon:changed', forward)
    }
  },
}

contextBridge.exposeInMainWorld('colophon', bridge)
