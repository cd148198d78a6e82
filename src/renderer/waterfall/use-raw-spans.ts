import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { RawSpanRow } from '../../contract/tree.ts'
import { useBridge } from '../bridge/index.ts'

/** The raw spans of the rows that are unfolded to them, asked for anew with every change of the session. */
export function useRawSpans(
  sessionId: string,
  unfolded: Readonly<Ref<ReadonlySet<string>>>,
): Readonly<ShallowRef<ReadonlyMap<string, readonly RawSpanRow[]>>> {
  const bridge = useBridge()
  const spans = shallowRef<ReadonlyMap<string, readonly RawSpanRow[]>>(new Map())
  const awaited = new Set<string>()

  async function ask(rowId: string): Promise<void> {
    if (awaited.has(rowId)) return
    awaited.add(rowId)
    const result = await bridge.invoke('session.spans', { id: sessionId, rowId })
    awaited.delete(rowId)
    if (result.ok && unfolded.value.has(rowId)) spans.value = new Map(spans.value).set(rowId, result.value.spans)
  }

  watch(
    unfolded,
    (now) => {
      spans.value = new Map([...spans.value].filter(([rowId]) => now.has(rowId)))
      for (const rowId of now) if (!spans.value.has(rowId)) void ask(rowId)
    },
    { immediate: true },
  )
  const unsubscribe = bridge.subscribe(({ topics }) => {
    if (topics.includes('sessions')) for (const rowId of unfolded.value) void ask(rowId)
  })
  onScopeDispose(unsubscribe)
  return spans
}
