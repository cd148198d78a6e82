import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Failure, Result } from '../../../contract/result.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
  readonly lookedBackToMs: number
}

export interface Pages<Item> {
  /** null before the first answer. */
  readonly items: Readonly<ShallowRef<readonly Item[] | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly busy: Readonly<Ref<boolean>>
  /** Where the list goes on; null at its end. */
  readonly next: Readonly<Ref<string | null>>
  readonly lookedBackToMs: Readonly<Ref<number>>
  /** The last page ended because its time was up, not because it was full. */
  readonly endedEarly: Readonly<Ref<boolean>>
  readonly more: () => void
  readonly again: () => void
}

/**
 * A list that is read page by page. Begins anew when what it asks for changes; the items before stay until the first answer,
 * and answers to what was asked before are dropped.
 */
export function usePages<Item>(
  asked: () => unknown,
  pageSize: number,
  ask: (after: string | undefined, signal: AbortSignal) => Promise<Result<Page<Item>>>,
): Pages<Item> {
  const items = shallowRef<readonly Item[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  const next = ref<string | null>(null)
  const lookedBackToMs = ref(0)
  const endedEarly = ref(false)
  let turn = 0
  /** Of the page that is awaited. */
  let given: AbortController | null = null

  async function load(after: string | undefined): Promise<void> {
    const mine = ++turn
    busy.value = true
    given?.abort()
    given = new AbortController()
    const result = await ask(after, given.signal)
    if (mine !== turn) return
    given = null
    busy.value = false
    failure.value = result.ok ? null : result.error
    if (!result.ok) return
    const page = result.value
    items.value = after === undefined ? page.items : [...(items.value ?? []), ...page.items]
    next.value = page.next
    lookedBackToMs.value = page.lookedBackToMs
    endedEarly.value = page.next !== null && page.items.length < pageSize
  }

  watch(
    () => JSON.stringify(asked()),
    () => void load(undefined),
    { immediate: true },
  )
  onScopeDispose(() => {
    turn += 1
    given?.abort()
  })
  return {
    items,
    failure,
    busy,
    next,
    lookedBackToMs,
    endedEarly,
    more: () => {
      if (!busy.value && next.value !== null) void load(next.value)
    },
    again: () => void load(undefined),
  }
}
