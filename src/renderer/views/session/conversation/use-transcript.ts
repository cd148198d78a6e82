import { useThrottleFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ConversationFile } from '../../../../contract/conversation.ts'
import type { Failure } from '../../../../contract/result.ts'
import type { ConversationItem } from '../../../../model/codex/conversation/item.ts'
import { useBridge } from '../../../bridge/index.ts'
import type { SoughtEntry } from './state.ts'

export interface Transcript {
  /** null before the first answer. */
  readonly files: Readonly<ShallowRef<readonly ConversationFile[] | null>>
  /** It came with an import. */
  readonly imported: Readonly<Ref<boolean>>
  readonly total: Readonly<Ref<number>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  /** undefined where it has not been read yet. */
  readonly at: (index: number) => ConversationItem | undefined
  /** What is in view has to be here, and is read again when the session changes. */
  readonly show: (first: number, last: number) => void
  readonly positionOf: (sought: SoughtEntry) => Promise<number | null>
  readonly refresh: () => void
}

const pageSize = 60
/** A running session changes many times a second. */
const restMs = 400

/** A transcript of any length, a page at a time. */
export function useTranscript(id: string): Transcript {
  const bridge = useBridge()
  const pages = shallowRef<ReadonlyMap<number, readonly ConversationItem[]>>(new Map())
  const files = shallowRef<readonly ConversationFile[] | null>(null)
  const imported = ref(false)
  const total = ref(0)
  const failure = shallowRef<Failure | null>(null)
  const asked = new Set<number>()
  /** Pages whose answers are older than the last change. */
  let stale = new Set<number>()
  let [firstPage, lastPage] = [0, 0]
  let gone = false

  async function load(page: number): Promise<void> {
    asked.add(page)
    stale.delete(page)
    const result = await bridge.invoke('session.conversation', { id, offset: page * pageSize, limit: pageSize })
    asked.delete(page)
    if (gone) return
    failure.value = result.ok ? null : result.error
    if (!result.ok) return
    const { items, total: all, files: of } = result.value
    // Fewer than before: the file was written anew, and what is here is of the old one.
    const kept = all < total.value ? [] : [...pages.value].filter(([number]) => isNear(number))
    pages.value = new Map([...kept, [page, items]])
    total.value = all
    files.value = of
    imported.value = result.value.imported
    ask()
  }

  const isNear = (page: number): boolean => page >= firstPage - 4 && page <= lastPage + 4

  function ask(): void {
    for (let page = firstPage; page <= lastPage; page++) {
      if (asked.has(page) || (pages.value.has(page) && !stale.has(page))) continue
      if (page === 0 || page * pageSize < total.value) void load(page)
    }
  }

  function refresh(): void {
    stale = new Set(pages.value.keys())
    // The last page may be full, and what follows it not known.
    if (files.value === null || total.value === 0) stale.add(0)
    ask()
  }

  const unsubscribe = bridge.subscribe(
    (
      (again) =>
      ({ topics }) => {
        if (topics.includes('sessions') || topics.includes('settings')) void again()
      }
    )(useThrottleFn(refresh, restMs, true)),
  )
  onScopeDispose(() => {
    gone = true
    unsubscribe()
  })
  ask()

  return {
    files,
    imported,
    total,
    failure,
    at: (index) => pages.value.get(Math.floor(index / pageSize))?.[index % pageSize],
    show(first, last) {
      firstPage = Math.floor(first / pageSize)
      lastPage = Math.floor(last / pageSize)
      ask()
    },
    async positionOf(sought) {
      const result = await bridge.invoke('session.conversation', { id, limit: 0, sought })
      return result.ok ? result.value.position : null
    },
    refresh,
  }
}
