import type { ProcedureName } from '../contract/index.ts'
import type { Handler, Handlers } from './dispatch.ts'
import { loadOnce } from './load-once.ts'

/** Handlers whose code is loaded when one of them is first asked: most hosts start and end without it. */
export function laterHandlers<N extends ProcedureName>(
  names: readonly N[],
  load: () => Promise<Pick<Handlers, N>>,
): Pick<Handlers, N> {
  const loaded = loadOnce(load)
  const later = (name: N): Handler<N> =>
    async function ask(params) {
      return (await loaded())[name](params)
    }
  return Object.fromEntries(names.map((name) => [name, later(name)])) as unknown as Pick<Handlers, N>
}
