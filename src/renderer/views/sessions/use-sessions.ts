import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Params, Value } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'
import type { SessionInList } from './columns.ts'
import { merged } from './merged.ts'

/** So many are read in one go: what takes a slow processor no longer than two frames. */
export const pageSize = 400
/** What was read before and is not looked at is read again so long after something has changed. */
const restMs = 20_000

type Asked = Omit<Params<'session.list'>, 'limit' | 'offset'>

export interface Sessions {
  /** Those that were read, the newest first; null before the first answer. */
  readonly sessions: Readonly<ShallowRef<readonly SessionInList[] | null>>
  /** How many there are. */
  readonly total: Readonly<ShallowRef<number>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly refresh: () => void
}

/**
 * The list of sessions, read a page at a time as far as `wanted`. When something changes, the newest and those in view are read again at
 * once, and the others, if any, some time later. An answer to what was asked before is dropped.
 */
export function useSessions(
  asked: () => Asked,
  wanted: () => number,
  /** A session in view. */
  inView: () => string | undefined,
): Sessions {
  const bridge = useBridge()
  const sessions = shallowRef<readonly SessionInList[] | null>(null)
  const total = shallowRef(0)
  const failure = shallowRef<Failure | null>(null)
  /** Of what is asked now; before its first answer the list is that of what was asked before. */
  let read: readonly SessionInList[] = []
  /** How many of them were shown last. */
  let shown = 0
  let turn = 0
  /** The turn that is being read; none once all of it that is wanted is there. */
  let reading: number | null = null
  /** Places that are to be read again. */
  const stale = new Set<number>()
  let resting: ReturnType<typeof setTimeout> | null = null

  const isEnd = (): boolean => read.length >= total.value
  let wasAgain = false
  /** Again and further in turn: while much changes, a list is still read to its end. */
  function nextOffset(): number | null {
    const [again] = stale
    const further = !isEnd() && read.length < wanted() ? read.length : null
    return again !== undefined && (further === null || !wasAgain) ? again : further
  }

  async function readOn(): Promise<void> {
    if (reading === turn) return
    const mine = (reading = turn)
    for (let offset = nextOffset(); offset !== null && mine === turn; offset = nextOffset()) {
      wasAgain = stale.delete(offset)
      const result = await bridge.invoke('session.list', { ...asked(), limit: pageSize, offset })
      if (mine !== turn) return
      failure.value = result.ok ? null : result.error
      if (!result.ok) break
      const before = read.length
      take(result.value, offset)
      // So much has come before it that it tells nothing new: the next look at the newest will.
      if (offset === before && read.length === before) break
    }
    if (mine === turn) reading = null
  }

  function take({ sessions: page, total: all, longMs }: Value<'session.list'>, offset: number): void {
    const before = read.length
    const told = page.map((session): SessionInList => Object.assign(session, { longMs }))
    read = merged(read, told, { isFirst: offset === 0, isLast: offset + page.length >= all })
    total.value = all
    // While a long list is read to its end, or again, not every page of it arranges all of it anew.
    const isMore = !isEnd() && read.length < wanted()
    if (read.length > before ? isMore && read.length < shown * 1.25 : stale.size > 0) return
    shown = read.length
    sessions.value = read
  }

  function again(): void {
    stale.add(0)
    const at = read.findIndex(({ id }) => id === inView())
    stale.add(Math.floor(Math.max(0, at) / pageSize) * pageSize)
    if (read.length > pageSize && resting === null)
      resting = setTimeout(() => {
        resting = null
        for (let offset = 0; offset < read.length; offset += pageSize) stale.add(offset)
        void readOn()
      }, restMs)
    void readOn()
  }

  const unsubscribe = bridge.subscribe(({ topics }) => {
    if (topics.includes('sessions')) again()
  })
  watch(
    () => JSON.stringify(asked()),
    () => {
      turn += 1
      read = []
      shown = 0
      stale.clear()
      stale.add(0)
      void readOn()
    },
    { immediate: true },
  )
  watch(wanted, () => void readOn())
  onScopeDispose(() => {
    turn += 1
    stale.clear()
    unsubscribe()
    if (resting !== null) clearTimeout(resting)
  })
  return { sessions, total, failure, refresh: again }
}
