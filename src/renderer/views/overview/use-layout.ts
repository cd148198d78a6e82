import { computed, ref } from 'vue'
import type { ComputedRef } from 'vue'
import type { PanelPlace } from '../../../contract/settings.ts'
import { useBridge } from '../../bridge/index.ts'
import type { PanelEntry } from '../../charts/rows.ts'
import { useQuery } from '../../data/use-query.ts'
import { arrange, placesOf } from './layout.ts'
import type { Placed } from './layout.ts'

export interface Layout {
  /** null until it is known how the dashboard was arranged. */
  readonly placed: ComputedRef<readonly Placed[] | null>
  /** Shows at once, and is kept by the engine. */
  readonly set: (placed: readonly Placed[]) => void
  readonly reset: () => void
}

export function useLayout(
  dashboard: PanelEntry['dashboard'],
  entries: ComputedRef<readonly PanelEntry[] | null>,
): Layout {
  const bridge = useBridge()
  const { data: settings, failure } = useQuery('settings.read', {}, ['settings'])
  /** What was set here; the engine's answer is the same, a little later. */
  const own = ref<readonly PanelPlace[] | null>(null)
  const saved = computed(
    () => own.value ?? (settings.value ? (settings.value.dashboards?.[dashboard] ?? []) : failure.value ? [] : null),
  )

  let written: Promise<unknown> = Promise.resolve()
  function keep(places: PanelPlace[]): void {
    own.value = places
    // One after the other, so that the last one stays.
    written = written.then(() => bridge.invoke('settings.write', { dashboards: { [dashboard]: places } }))
  }
  return {
    placed: computed(() => (entries.value && saved.value ? arrange(entries.value, saved.value) : null)),
    set: (placed) => keep(placesOf(placed)),
    reset: () => keep([]),
  }
}
