import { computed, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { LocationQueryRaw } from 'vue-router'
import type { Filters } from '../../model/panels/filters.ts'
import { filterKeys, readFilters, writeFilters } from '../filters/filter-query.ts'
import { useOwnLink } from '../own-link.ts'
import { rangeKeys, readRange, writeRange } from './range.ts'
import type { Range } from './range.ts'
import { useScopeState } from './state.ts'

export interface Scope {
  readonly range: ComputedRef<Range | null>
  readonly filters: ComputedRef<Filters>
  /** Each is a step that Back takes back. */
  readonly setRange: (range: Range | null) => void
  readonly setFilters: (filters: Filters) => void
  /** The keys of the link that say it, for links to other views. */
  readonly query: ComputedRef<LocationQueryRaw>
}

const keys: readonly string[] = [...rangeKeys, ...filterKeys]

/** The keys of a link that say the range and the filters. */
export function scopeQuery(range: Range | null, filters: Filters): LocationQueryRaw {
  return { ...writeRange(range), ...writeFilters(filters) }
}

/**
 * The range and the filters of the view that is open. Its link decides; a view that is opened by a link without any takes them
 * over from the view before, and puts them into its link.
 */
export function useScope(): Scope {
  const route = useRoute()
  const router = useRouter()
  const writeLink = useOwnLink()
  const state = useScopeState()
  const { path } = route
  const query = computed(() => scopeQuery(state.range, state.filters))
  const others = (): LocationQueryRaw =>
    Object.fromEntries(Object.entries(route.query).filter(([key]) => !keys.includes(key)))

  function adopt(): void {
    state.range = readRange(route.query)
    state.filters = readFilters(route.query)
    if (state.range?.kind === 'preset') state.lastPreset = state.range.id
  }

  // Who comes back to a link without a scope left a view without one.
  const isBack = Boolean((window.history.state as { forward?: unknown } | null)?.forward)
  if (isBack || keys.some((key) => key in route.query)) adopt()
  else if (Object.keys(query.value).length > 0) void writeLink({ ...others(), ...query.value })
  watch(
    () => JSON.stringify(keys.map((key) => route.query[key])),
    () => {
      if (route.path === path) adopt()
    },
  )

  function go(range: Range | null, filters: Filters): void {
    void router.push({ query: { ...others(), ...scopeQuery(range, filters) } })
  }
  return {
    range: computed(() => state.range),
    filters: computed(() => state.filters),
    setRange: (range) => go(range, state.filters),
    setFilters: (filters) => go(state.range, filters),
    query,
  }
}
