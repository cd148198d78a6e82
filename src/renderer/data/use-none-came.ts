import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { Value } from '../../contract/index.ts'
import { useIsTeam } from '../bridge/of-source.ts'
import { useStatus } from './use-status.ts'

/** Whether none of these has ever come to this machine, whose sessions are shown: as opposed to none that fits. */
export function useNoneCame(what: () => keyof Value<'status'>['store']): ComputedRef<boolean> {
  const { data: status } = useStatus()
  const isTeam = useIsTeam()
  return computed(() => !isTeam.value && status.value?.store[what()] === 0)
}
