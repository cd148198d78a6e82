import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Filters } from '../../model/panels/filters.ts'
import { noFilters } from '../filters/filter-query.ts'
import type { PresetId, Range } from './range.ts'

/** What all views look at, so that switching between them loses nothing. The link of a view says the same. */
export const useScopeState = defineStore('scope', () => {
  /** null: nobody has chosen, and each view shows what is usual for it. */
  const range = shallowRef<Range | null>(null)
  const filters = shallowRef<Filters>(noFilters)
  /** To what "live" returns from a custom range. */
  const lastPreset = shallowRef<PresetId>('7d')
  return { range, filters, lastPreset }
})
