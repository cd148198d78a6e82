import { computed } from 'vue'
import type { Ref } from 'vue'
import { useRoute } from 'vue-router'
import { isNarrowed } from '../../../model/panels/filters.ts'
import { boundsOf } from '../../range/range.ts'
import { useScope } from '../../range/use-scope.ts'

/** What the list is narrowed to: by words, by the range and filters that all views share, and by the link. */
export function useAsked(search: Readonly<Ref<string>>, attributeKeys: Readonly<Ref<readonly string[]>>) {
  const route = useRoute()
  const scope = useScope()
  /** Sessions that called it; only a link narrows the list so. */
  const tool = computed(() => {
    const named = route.query['tool']
    return typeof named === 'string' && named !== '' ? named : undefined
  })
  const apps = computed(() => ['genai', 'all'].find((name): name is 'genai' | 'all' => name === route.query['apps']))
  const isScoped = computed(
    () =>
      scope.range.value !== null ||
      tool.value !== undefined ||
      apps.value !== undefined ||
      isNarrowed(scope.filters.value),
  )
  /** A range that ends now has an open end: what begins in the next moment belongs to it. */
  function bounds(): { fromMs?: number; toMs?: number } {
    const range = scope.range.value
    if (range === null) return {}
    const { fromMs, toMs } = boundsOf(range, Date.now())
    return range.kind === 'preset' ? { fromMs } : { fromMs, toMs }
  }
  /** A function, since a range that moves with the present is another one each time. */
  const asked = () => ({
    helpers: scope.filters.value.helpers,
    ...(search.value.trim() === '' ? {} : { search: search.value.trim() }),
    ...bounds(),
    ...(isNarrowed(scope.filters.value) ? { filters: scope.filters.value } : {}),
    ...(tool.value === undefined ? {} : { tool: tool.value }),
    ...(apps.value === undefined ? {} : { apps: apps.value }),
    ...(attributeKeys.value.length === 0 ? {} : { attributes: attributeKeys.value.slice(0, 20) }),
  })
  return { scope, isScoped, asked }
}
