import { useClipboard } from '@vueuse/core'
import { computed, effectScope, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'

export interface Copying {
  readonly copy: (text: string) => void
  /** For a moment after it was done. */
  readonly copied: ComputedRef<boolean>
}

/** The clipboard, asked for at the first use: its permission is no affair of a page that copies nothing. */
export function useCopy(): Copying {
  const scope = effectScope()
  const clipboard = shallowRef<ReturnType<typeof openClipboard>>()
  return {
    copy(text) {
      clipboard.value ??= scope.run(openClipboard)
      void clipboard.value?.copy(text)
    },
    copied: computed(() => clipboard.value?.copied.value ?? false),
  }
}

// The old way as well: a plain browser has no clipboard API on http addresses other than loopback.
const openClipboard = () => useClipboard({ legacy: true, copiedDuring: 1400 })
