import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** What the list remembers while another view is open; the columns, for good. */
export const useSessionsState = defineStore('sessions', () => {
  const columns = useLocalStorage<readonly string[] | null>('colophon.columns', null, {
    serializer: { read: readColumns, write: (ids) => JSON.stringify(ids) },
  })
  const unfolded = shallowRef<ReadonlySet<string>>(new Set())
  const current = ref<string | null>(null)
  /** Sessions that are marked for comparing or exporting. */
  const marked = shallowRef<ReadonlySet<string>>(new Set())
  return { columns, unfolded, current, marked }
})

/** Anything but a list of words counts as no choice. */
function readColumns(text: string): readonly string[] | null {
  try {
    const ids: unknown = JSON.parse(text)
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : null
  } catch {
    return null
  }
}
