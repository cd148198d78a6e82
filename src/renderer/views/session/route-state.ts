import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { LocationQuery } from 'vue-router'
import { isShareKind } from './ledger/share-look.ts'
import { sessionTabs } from './state.ts'
import type { SessionViewState } from './state.ts'

function all(value: LocationQuery[string] | undefined): readonly string[] {
  return [value].flat().filter((item) => typeof item === 'string')
}

/** Tab, share, selection and folds are part of the address: taken from it when the view opens, written to it when they change. */
export function keepInRoute(state: SessionViewState): void {
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
  watch(
    [state.selected, state.folded, state.raw, state.view, state.share],
    ([selected, folded, raw, view, shareKind]) => {
      void router.replace({
        query: {
          ...(view === 'waterfall' ? {} : { tab: view }),
          ...(shareKind === null ? {} : { share: shareKind }),
          ...(selected === null ? {} : { row: selected }),
          ...(folded.size === 0 ? {} : { fold: [...folded] }),
          ...(raw.size === 0 ? {} : { raw: [...raw] }),
        },
      })
    },
    { immediate: true },
  )
}
