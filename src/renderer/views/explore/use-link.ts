import { refDebounced } from '@vueuse/core'
import { ref, watch } from 'vue'
import type { Ref } from 'vue'
import { useRoute } from 'vue-router'
import { useOwnLink } from '../../own-link.ts'

type LinkValue = string | readonly string[] | undefined

export interface Link {
  readonly word: (key: string) => string
  readonly list: (key: string) => readonly string[]
  /** Undefined, '' and an empty list leave the key out. No step for Back: these change with every click and word. */
  readonly set: (change: Readonly<Record<string, LinkValue>>) => void
}

/** What of the view is said by its link. */
export function useLink(): Link {
  const route = useRoute()
  const writeLink = useOwnLink()
  const list = (key: string): readonly string[] =>
    [route.query[key]].flat().filter((value) => typeof value === 'string')
  return {
    list,
    word: (key) => list(key)[0] ?? '',
    set(change) {
      const all = Object.entries({ ...route.query, ...change })
      const query = Object.fromEntries(
        all.flatMap(([key, value]) => {
          if (value === undefined || value === '' || value?.length === 0) return []
          return [[key, value === null || typeof value === 'string' ? value : [...value]]]
        }),
      )
      void writeLink(query)
    },
  }
}

/** Words of a field: what is written, and the link a moment after the last letter. */
export function useWords({ word, set }: Link, key: string): Ref<string> {
  const words = ref(word(key))
  const settled = refDebounced(words, 200)
  watch(settled, (now) => {
    if (now.trim() !== word(key)) set({ [key]: now.trim() })
  })
  watch(
    () => word(key),
    (now) => {
      if (now !== settled.value.trim()) words.value = now
    },
  )
  return words
}
