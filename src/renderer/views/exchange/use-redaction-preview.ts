import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { RedactionKind, RedactionPreview } from '../../../contract/exchange.ts'
import type { Failure } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'
import { redactions } from './formats.ts'

interface Asked {
  readonly ids: readonly string[]
  readonly redact: readonly RedactionKind[]
}

/** What a redaction would take out of some sessions together; null while that is not known. */
export function useRedactionPreview(asked: () => Asked | null): {
  readonly preview: Readonly<ShallowRef<RedactionPreview | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly busy: Readonly<Ref<boolean>>
} {
  const bridge = useBridge()
  const preview = shallowRef<RedactionPreview | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  let latest = 0

  async function ask(now: Asked | null): Promise<void> {
    const turn = ++latest
    failure.value = null
    busy.value = now !== null && now.redact.length > 0
    if (!now || now.redact.length === 0) {
      preview.value = null
      return
    }
    let sum: RedactionPreview | null = null
    for (const id of now.ids) {
      const result = await bridge.invoke('session.redaction', { id, redact: [...now.redact], samples: 3 })
      if (turn !== latest) return
      if (!result.ok) {
        failure.value = result.error
        break
      }
      sum = sum === null ? result.value : added(sum, result.value)
    }
    preview.value = sum
    busy.value = false
  }

  watch(
    () => JSON.stringify(asked()),
    () => void ask(asked()),
    { immediate: true },
  )
  onScopeDispose(() => (latest += 1))
  return { preview, failure, busy }
}

/** A reader looks at some examples, not at those of a hundred sessions. */
const mostSamples = 24

export function added(a: RedactionPreview, b: RedactionPreview): RedactionPreview {
  const counts = { ...a.counts }
  for (const { id } of redactions) counts[id] += b.counts[id]
  return { counts, samples: [...a.samples, ...b.samples].slice(0, mostSamples) }
}
