import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Params, Value } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'
import type { SessionInList } from './columns.ts'
import { gapsOf, nextPage, nothingKnown, pagesOf, withPage, type Known, type Places } from './stretches.ts'

/** So many are read in one go: what takes a slow processor no longer than two frames. */
const pageSize = 400
/** So many before and after those in view are read with them. */
const around = 150
/** What was read before and is not looked at is read again so long after something has changed. */
const restMs = 20_000
const all: Places = { from: 0, to: Infinity }

type Asked = Omit<Params<'session.list'>, 'limit' | 'offset'>

export interface Sessions {
  /** Those that were read, the newest first; null before the first answer. */
  readonly sessions: Readonly<ShallowRef<readonly SessionInList[] | null>>
  /** Places of those that were not. */
  readonly unread: Readonly<ShallowRef<readonly Places[]>>
  /** How many there are. */
  readonly total: Readonly<ShallowRef<number>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly refresh: () => void
}

/**
 * The list of sessions, read a page at a time where somebody looks, and then what else is wanted. When something changes, the newest and
 * those in view are read again at once, and the others, if any, some time later. An answer to what was asked before is dropped.
 */
export function useSessions(asked: () => Asked, inView: () => Places, wanted: () => Places | null): Sessions {
  const bridge = useBridge()
  const sessions = shallowRef<readonly SessionInList[] | null>(null)
  const unread = shallowRef<readonly Places[]>([])
  const total = shallowRef(0)
  const failure = shallowRef<Failure | null>(null)
  /** Of what is asked now; before its first answer the list is that of what was asked before. */
  let known: Known<SessionInList> = nothingKnown
  let read = 0
  /** How many of them were shown last. */
  let shown = 0
  let turn = 0
  /** The turn that is being read; none once all of it that is wanted is there. */
  let reading: number | null = null
  /** Of the pages that are awaited. */
  let given = new AbortController()
  /** Places that are to be read again. */
  const stale = new Set<number>()
  let resting: ReturnType<typeof setTimeout> | null = null

  function furtherOffset(): number | null {
    const { from, to } = inView()
    const places = [inView(), { from: from - around, to: to + around }, wanted()]
    for (const some of places) {
      const offset = some && nextPage(known, some, pageSize)
      if (offset !== null) return offset
    }
    return null
  }

  let wasAgain = false
  /** Again and further in turn: while much changes, a list is still read to its end. */
  function nextOffset(): number | null {
    const [again] = stale
    const further = furtherOffset()
    return again !== undefined && (further === null || !wasAgain) ? again : further
  }

  async function readOn(): Promise<void> {
    if (reading === turn) return
    const mine = (reading = turn)
    for (let offset = nextOffset(); offset !== null && mine === turn; offset = nextOffset()) {
      wasAgain = stale.delete(offset)
      const result = await bridge.invoke('session.list', { ...asked(), limit: pageSize, offset }, given.signal)
      if (mine !== turn) return
      failure.value = result.ok ? null : result.error
      if (!result.ok) break
      const before = read
      take(result.value, offset)
      // So much has moved that it tells nothing new: the next look at the newest will.
      if (!wasAgain && read === before) break
    }
    if (mine === turn) reading = null
  }

  function take({ sessions: page, total: count, longMs }: Value<'session.list'>, offset: number): void {
    const before = read
    const told = page.map((session): SessionInList => Object.assign(session, { longMs }))
    known = withPage(known, { from: offset, items: told, total: count })
    read = known.stretches.reduce((sum, { items }) => sum + items.length, 0)
    total.value = count
    // While a long list is read as a whole, or again, not every page of it arranges all of it anew.
    const isMore = wanted() !== null && furtherOffset() !== null
    if (read > before ? isMore && read < shown * 1.25 : stale.size > 0) return
    shown = read
    unread.value = gapsOf(known)
    sessions.value = known.stretches.flatMap(({ items }) => items)
  }

  function again(): void {
    for (const offset of [0, ...pagesOf(known, inView(), pageSize)]) stale.add(offset)
    if (read > pageSize && resting === null)
      resting = setTimeout(() => {
        resting = null
        for (const offset of pagesOf(known, all, pageSize)) stale.add(offset)
        void readOn()
      }, restMs)
    void readOn()
  }

  /** Nobody waits any more for what is being read. */
  function leave(): void {
    turn += 1
    given.abort()
    given = new AbortController()
  }

  const unsubscribe = bridge.subscribe(({ topics }) => {
    if (topics.includes('sessions')) again()
  })
  watch(
    () => JSON.stringify(asked()),
    () => {
      leave()
      known = nothingKnown
      read = shown = 0
      stale.clear()
      stale.add(0)
      void readOn()
    },
    { immediate: true },
  )
  watch([inView, wanted], () => void readOn())
  onScopeDispose(() => {
    leave()
    stale.clear()
    unsubscribe()
    if (resting !== null) clearTimeout(resting)
  })
  return { sessions, unread, total, failure, refresh: again }
}
