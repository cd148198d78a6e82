import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { RedactionKind, RedactionPreview } from '../../../contract/exchange.ts'
import type { Failure, Result } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'
import { redactions } from './formats.ts'
import { shareOf } from './progress.ts'
import { untilDone } from './run-export.ts'

interface Asked {
  readonly ids: readonly string[]
  readonly redact: readonly RedactionKind[]
  readonly conversation: boolean
}

const slowAfterMs = 1000

/** What a redaction would take out of some sessions together; null while that is not known. */
export function useRedactionPreview(asked: () => Asked | null): {
  readonly preview: Readonly<ShallowRef<RedactionPreview | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
  readonly busy: Readonly<Ref<boolean>>
  /** How much of the records has been looked through, where that takes over a second. */
  readonly share: Readonly<Ref<number | null>>
} {
  const bridge = useBridge()
  const preview = shallowRef<RedactionPreview | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const busy = ref(false)
  const share = ref<number | null>(null)
  let latest = 0
  let current: string | null = null

  async function askOne(
    id: string,
    { redact, conversation }: Pick<Asked, 'redact' | 'conversation'>,
    isStopped: () => boolean,
    onShare: (share: number) => void,
  ): Promise<Result<RedactionPreview | null>> {
    const started = await bridge.invoke('export.preview', { id, redact: [...redact], conversation, samples: 3 })
    if (!started.ok) return started
    const { exportId } = started.value
    if (!isStopped()) current = exportId
    const done = isStopped()
      ? null
      : await untilDone(bridge, exportId, {
          isStopped,
          onProgress: (progress) => onShare(shareOf({ progress, redacts: false, fetched: null })),
        })
    void end(exportId)
    if (done === null) return { ok: true, value: null }
    return done.ok ? { ok: true, value: done.value.preview } : done
  }

  async function end(exportId: string | null): Promise<void> {
    if (exportId === null) return
    if (current === exportId) current = null
    await bridge.invoke('export.end', { exportId })
  }

  async function ask(now: Asked | null): Promise<void> {
    const turn = ++latest
    const isStopped = (): boolean => turn !== latest
    void end(current)
    failure.value = null
    share.value = null
    busy.value = now !== null && now.redact.length > 0
    if (!now || now.redact.length === 0) {
      preview.value = null
      return
    }
    const slowFromMs = performance.now() + slowAfterMs
    let sum: RedactionPreview | null = null
    for (const [index, id] of now.ids.entries()) {
      const result: Result<RedactionPreview | null> = await askOne(id, now, isStopped, (part) => {
        if (performance.now() > slowFromMs) share.value = (index + part) / now.ids.length
      })
      if (isStopped()) return
      if (!result.ok) {
        failure.value = result.error
        break
      }
      if (result.value !== null) sum = sum === null ? result.value : added(sum, result.value)
    }
    preview.value = sum
    share.value = null
    busy.value = false
  }

  watch(
    () => JSON.stringify(asked()),
    () => void ask(asked()),
    { immediate: true },
  )
  onScopeDispose(() => {
    latest += 1
    void end(current)
  })
  return { preview, failure, busy, share }
}

/** A reader looks at some examples, not at those of a hundred sessions. */
const mostSamples = 24

export function added(a: RedactionPreview, b: RedactionPreview): RedactionPreview {
  const counts = { ...a.counts }
  for (const { id } of redactions) counts[id] += b.counts[id]
  return { counts, samples: [...a.samples, ...b.samples].slice(0, mostSamples) }
}
