import type { InjectionKey } from 'vue'
import type { Bridge } from '../../../contract/bridge.ts'
import type { Value } from '../../../contract/index.ts'
import type { Result } from '../../../contract/result.ts'
import type { Filters } from '../../../model/panels/filters.ts'
import type { Bounds } from '../../range/range.ts'
import { withZone } from '../../range/zone.ts'

export type PanelAnswer = Result<Value<'panel.run'>>
export type RunPanel = (panel: string, bounds: Bounds, filters: Filters, turn: number) => Promise<PanelAnswer>

export const runPanelKey: InjectionKey<RunPanel> = Symbol('run-panel')

/** Runs panels; what two of them need in one look at the data, such as a figure its course, is asked once. */
export function panelRuns(bridge: Bridge): { readonly run: RunPanel; readonly leave: () => void } {
  let given = new AbortController()
  let asked = new Map<string, Promise<PanelAnswer>>()
  let current = -1
  const run: RunPanel = (panel, { fromMs, toMs }, filters, turn) => {
    if (turn !== current) {
      current = turn
      asked = new Map()
    }
    const key = JSON.stringify([panel, fromMs, toMs, filters])
    const known = asked.get(key) ?? bridge.invoke('panel.run', withZone({ panel, fromMs, toMs, filters }), given.signal)
    asked.set(key, known)
    return known
  }
  return {
    run,
    /** Nobody waits any more for what was asked until now. */
    leave() {
      given.abort()
      given = new AbortController()
      asked = new Map()
    },
  }
}
