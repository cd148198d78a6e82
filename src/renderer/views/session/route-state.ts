import { watchDebounced } from '@vueuse/core'
import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { LocationQuery } from 'vue-router'
import { takeWaterfallQuery, waterfallQuery } from '../../waterfall/route-query.ts'
import type { WaterfallState } from '../../waterfall/state.ts'
import { isShareKind } from './ledger/share-look.ts'
import { sessionTabs } from './state.ts'
import type { SessionViewState } from './state.ts'

function all(value: LocationQuery[string] | undefined): readonly string[] {
  return [value].flat().filter((item) => typeof item === 'string')
}

/** Tab, share, finding, selection and folds are part of the address: taken from it when the view opens, written to it when they change. */
export function keepInRoute(state: SessionViewState, waterfall: WaterfallState): void {
  const route = useRoute()
  const router = useRouter()
  const [row] = all(route.query['row'])
  if (row) state.selected.value = state.cursor.value = row
  if (route.query['fold'] !== undefined) state.folded.value = new Set(all(route.query['fold']))
  if (route.query['raw'] !== undefined) state.raw.value = new Set(all(route.query['raw']))
  const [tab] = all(route.query['tab'])
  state.view.value = sessionTabs.find((name) => name === tab) ?? state.view.value
  const [share] = all(route.query['share'])
  if (isShareKind(share)) state.share.value = share
  const [finding] = all(route.query['finding'])
  if (finding) state.finding.value = finding
  state.range.value = takeWaterfallQuery(waterfall, (name) => all(route.query[name])) ?? state.range.value

  function write(): void {
    void router.replace({
      query: {
        ...(state.view.value === 'waterfall' ? {} : { tab: state.view.value }),
        ...(state.share.value === null ? {} : { share: state.share.value }),
        ...(state.finding.value === null ? {} : { finding: state.finding.value }),
        ...(state.selected.value === null ? {} : { row: state.selected.value }),
        ...(state.folded.value.size === 0 ? {} : { fold: [...state.folded.value] }),
        ...(state.raw.value.size === 0 ? {} : { raw: [...state.raw.value] }),
        ...waterfallQuery(waterfall, state.range.value),
      },
    })
  }
  watch([state.selected, state.folded, state.raw, state.view, state.share, state.finding], write, { immediate: true })
  // These change with every turn of the wheel and every letter, and browsers take few changes of the address a second.
  watchDebounced(() => JSON.stringify(waterfallQuery(waterfall, state.range.value)), write, { debounce: 300 })
}
