import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Failure } from '../../contract/result.ts'
import { unpackSession } from '../../model/block/session-block.ts'
import { useBridge } from '../bridge/index.ts'
import { untilShown } from '../data/in-turn.ts'
import { takeAhead } from './rows-ahead.ts'
import { sessionData } from './session-data.ts'
import type { SessionData } from './session-data.ts'

export interface SessionBlockQuery {
  readonly data: Readonly<ShallowRef<SessionData | null>>
  /** Once the first rows were painted, or could not be read: what else the view asks for waits for that. */
  readonly isShown: Readonly<ShallowRef<boolean>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly refresh: () => void
}

/** The whole block is asked for at most this share of the time. */
const spansPause = 4

/**
 * The rows of a session, first without their raw spans and painted, then with them. Every push asks for the rows again, once
 * the last answer was drawn; the spans come again only when `stamp` says that there are others, and the dearer their answer
 * was, the longer the pause before. They wait for the first stamp: which spans came without one nobody could tell, and all
 * of them would come again.
 */
export function useSessionBlock(id: string, stamp: () => string | null): SessionBlockQuery {
  const bridge = useBridge()
  const data = shallowRef<SessionData | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isShown = shallowRef(false)
  let early = takeAhead(bridge, id)
  let wanted: 'all' | 'spans' | null = 'all'
  let isAsking = false
  const over = new AbortController()
  let spansStamp: string | null = null
  let spansNotBefore = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(spans: boolean): Promise<boolean> {
    // What is there already shows in the first paint of the view.
    const known = early instanceof Promise ? await early : early
    early = null
    const result = known ?? (await bridge.invoke('session.block', { id, spans }, over.signal))
    if (over.signal.aborted) return false
    failure.value = result.ok ? null : result.error
    if (!result.ok) {
      isShown.value = true
      return false
    }
    data.value = sessionData(unpackSession(result.value), data.value)
    await untilShown()
    isShown.value = true
    return true
  }

  async function askAll(): Promise<void> {
    if (isAsking) return
    isAsking = true
    while (wanted !== null && !over.signal.aborted) {
      const now = wanted
      wanted = null
      if (now === 'spans' || (await ask(false))) await askSpans()
    }
    isAsking = false
  }

  async function askSpans(): Promise<void> {
    const now = stamp()
    if (now === null || (data.value?.raw && now === spansStamp)) return
    const begunMs = performance.now()
    clearTimeout(timer)
    if (begunMs < spansNotBefore) {
      timer = setTimeout(refresh, spansNotBefore - begunMs)
      return
    }
    if (!(await ask(true))) return
    spansStamp = now
    spansNotBefore = performance.now() + (performance.now() - begunMs) * spansPause
  }

  function refresh(): void {
    wanted = 'all'
    void askAll()
  }

  watch(stamp, (_, before) => {
    wanted = before === null ? (wanted ?? 'spans') : 'all'
    void askAll()
  })
  const unsubscribe = bridge.subscribe(({ topics }) => {
    if (topics.includes('sessions')) refresh()
  })
  onScopeDispose(() => {
    over.abort()
    clearTimeout(timer)
    unsubscribe()
  })
  void askAll()
  return { data, isShown, failure, refresh }
}
