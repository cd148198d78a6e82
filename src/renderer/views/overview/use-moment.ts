import { useDocumentVisibility } from '@vueuse/core'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { useBridge } from '../../bridge/index.ts'
import { boundsOf, type Bounds, type Range } from '../../range/range.ts'

/** One look at the data: all panels of a dashboard ask for the same bounds, and add up. */
export interface Moment {
  readonly bounds: Bounds
  /** Another number, another look. */
  readonly turn: number
}

const week = 7 * 86_400_000
/** How often what has arrived is looked at, at most; a new range is, at once. */
const shortGapMs = 2000
const longGapMs = 30_000

export function gapFor({ fromMs, toMs }: Bounds): number {
  return toMs - fromMs > week ? longGapMs : shortGapMs
}

/**
 * Looks anew when the range changes and when something has arrived; as time goes by, where the range ends now. Not while the page
 * is hidden: then once, when it shows again.
 */
export function useMoment(
  range: () => Range,
  visible: Readonly<Ref<DocumentVisibilityState>> = useDocumentVisibility(),
): Readonly<ShallowRef<Moment>> {
  const bridge = useBridge()
  const moment = shallowRef<Moment>({ bounds: boundsOf(range(), Date.now()), turn: 0 })
  let lookedAt = performance.now()
  let timer: ReturnType<typeof setTimeout> | null = null

  function look(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    lookedAt = performance.now()
    moment.value = { bounds: boundsOf(range(), Date.now()), turn: moment.value.turn + 1 }
  }
  function lookSoon(): void {
    if (timer !== null) return
    const wait = Math.max(0, lookedAt + gapFor(moment.value.bounds) - performance.now())
    timer = setTimeout(() => {
      timer = null
      // Whatever was missed is seen when the page shows again.
      if (visible.value === 'visible') look()
    }, wait)
  }

  const unsubscribe = bridge.subscribe(({ topics }) => {
    if (topics.includes('sessions')) lookSoon()
  })
  watch(() => JSON.stringify(range()), look)
  watch(visible, (now) => now === 'visible' && look())
  const passing = setInterval(() => range().kind === 'preset' && lookSoon(), longGapMs)
  onScopeDispose(() => {
    unsubscribe()
    clearInterval(passing)
    if (timer !== null) clearTimeout(timer)
  })
  return moment
}
