import { inject } from 'vue'
import type { InjectionKey } from 'vue'
import type { Bridge } from '../../contract/bridge.ts'
import { createHttpBridge } from './http.ts'
import { takeToken } from './token.ts'

declare global {
  interface Window {
    /** Put there by the preload script; absent in a plain browser. */
    readonly colophon?: Bridge
  }
}

export const bridgeKey: InjectionKey<Bridge> = Symbol('bridge')

export function useBridge(): Bridge {
  const bridge = inject(bridgeKey)
  if (!bridge) throw new Error('No bridge was provided.')
  return bridge
}

/** The bridge of the host that this page runs in. Call it before the router exists: it takes the token off the address. */
export function connect(onUnauthorized: () => void): Bridge {
  return window.colophon ?? createHttpBridge({ base: '', token: takeToken(), onUnauthorized })
}
