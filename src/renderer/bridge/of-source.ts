import { computed, inject, ref, watch } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { Bridge } from '../../contract/bridge.ts'
import type { Changed } from '../../contract/changes.ts'
import type { ProcedureName } from '../../contract/index.ts'
import type { Source } from '../../contract/source.ts'
import { isSourced } from '../../contract/sourced.ts'

/** Whose sessions the page shows. */
export const sourceKey: InjectionKey<Ref<Source>> = Symbol('source')

/** Whether these are a team's. */
export function useIsTeam(): ComputedRef<boolean> {
  const source = inject(sourceKey, null)
  return computed(() => source?.value === 'team')
}

const storageKey = 'colophon.source'

/** As it was in this window before it was loaded anew; a new window shows this machine. */
export function keptSource(): Ref<Source> {
  const source = ref<Source>(sessionStorage.getItem(storageKey) === 'team' ? 'team' : 'local')
  watch(source, (now) => {
    sessionStorage.setItem(storageKey, now)
  })
  return source
}

/** Tells the questions of two windows apart. */
const page = Math.random().toString(36).slice(2)
let questions = 0

/** The one place where the page says whose sessions it asks of. When that changes, whatever shows sessions asks again. */
export function ofSource(bridge: Bridge, source: Ref<Source>): Bridge {
  const listeners = new Set<(changed: Changed) => void>()
  watch(
    source,
    () => {
      for (const listener of listeners) listener({ topics: ['sessions', 'settings', 'status'] })
    },
    { flush: 'sync' },
  )
  const asksTeam = (name: ProcedureName): boolean => source.value === 'team' && isSourced(name)
  return {
    invoke(name, params, signal) {
      if (!asksTeam(name)) return bridge.invoke(name, params)
      if (signal === undefined) return bridge.invoke(name, { ...params, source: 'team' })
      const asked = `${page}-${String(++questions)}`
      const giveUp = (): void => void bridge.invoke('team.stop', { asked: [asked] })
      const answer = bridge.invoke(name, { ...params, source: 'team', asked })
      signal.addEventListener('abort', giveUp)
      void answer.finally(() => signal.removeEventListener('abort', giveUp))
      return answer
    },
    subscribe(listener) {
      listeners.add(listener)
      const unsubscribe = bridge.subscribe(listener)
      return () => {
        listeners.delete(listener)
        unsubscribe()
      }
    },
  }
}
