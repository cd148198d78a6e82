import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import type { ComputedRef } from 'vue'

/** In pixels. */
export interface WidthLimits {
  /** Where nobody chose. */
  readonly usual: number
  readonly least: number
  readonly most: number
}

export interface KeptWidth {
  readonly px: ComputedRef<number>
  readonly limits: ComputedRef<WidthLimits>
  /** null: the usual width again. */
  readonly set: (px: number | null) => void
}

const within = (px: number, { least, most }: WidthLimits): number => Math.round(Math.max(least, Math.min(px, most)))

/** A width that people choose, kept for good. Where a window has no room for it, it is less until there is room again. */
export function useKeptWidth(name: string, limitsNow: () => WidthLimits): KeptWidth {
  const chosen = useLocalStorage<number | null>(`colophon.width.${name}`, null, {
    serializer: { read: readWidth, write: String },
  })
  const limits = computed(() => {
    const { usual, least, most } = limitsNow()
    return { usual, least, most: Math.max(least, most) }
  })
  return {
    px: computed(() => within(chosen.value ?? limits.value.usual, limits.value)),
    limits,
    set: (px) => (chosen.value = px === null ? null : within(px, limits.value)),
  }
}

/** Anything but a number counts as no choice. */
function readWidth(text: string): number | null {
  const px = Number.parseFloat(text)
  return Number.isFinite(px) ? px : null
}
