import { ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Bounds, Range } from '../../range/range.ts'
import type { Moment } from '../overview/use-moment.ts'

/** The bounds of a list: they move on with the present until somebody reads in it, and again when it is let go. */
export function useHeldBounds(
  moment: Readonly<ShallowRef<Moment>>,
  range: () => Range,
): { readonly bounds: Readonly<ShallowRef<Bounds>>; readonly held: Ref<boolean> } {
  const held = ref(false)
  const bounds = shallowRef(moment.value.bounds)
  watch(
    () => JSON.stringify(range()),
    () => (held.value = false),
  )
  watch([moment, held], () => {
    if (!held.value) bounds.value = moment.value.bounds
  })
  return { bounds, held }
}
