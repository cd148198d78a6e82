import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { ExportFormat, RedactionKind } from '../../../contract/exchange.ts'
import { useBridge } from '../../bridge/index.ts'
import { download } from './download.ts'

export interface ExportRun {
  readonly done: number
  readonly of: number
}

/** Exports sessions one after the other; stopping leaves the files that are saved already. */
export function useExport(): {
  readonly running: Readonly<ShallowRef<ExportRun | null>>
  readonly errors: ShallowRef<readonly string[]>
  readonly saved: Ref<number>
  readonly start: (
    sessions: readonly { readonly id: string; readonly name: string }[],
    format: ExportFormat,
    redact: readonly RedactionKind[],
  ) => Promise<void>
  readonly stop: () => void
} {
  const bridge = useBridge()
  const running = shallowRef<ExportRun | null>(null)
  const errors = shallowRef<readonly string[]>([])
  const saved = ref(0)
  let stopped = false
  onScopeDispose(() => (stopped = true))
  return {
    running,
    errors,
    saved,
    async start(sessions, format, redact) {
      stopped = false
      errors.value = []
      saved.value = 0
      for (const [done, { id, name }] of sessions.entries()) {
        running.value = { done, of: sessions.length }
        const result = await bridge.invoke('session.export', { id, format, redact: [...redact] })
        if (stopped) break
        if (result.ok) {
          download(result.value)
          saved.value += 1
        } else errors.value = [...errors.value, `${name}: ${result.error.message}`]
      }
      running.value = null
    },
    stop: () => (stopped = true),
  }
}
