import { watchDebounced } from '@vueuse/core'
import { watch } from 'vue'
import { useRoute } from 'vue-router'
import type { LocationQuery } from 'vue-router'
import { useOwnLink } from '../../own-link.ts'
import { takeWaterfallQuery, waterfallQuery } from '../../waterfall/route-query.ts'
import type { WaterfallState } from '../../waterfall/state.ts'
import { isShareKind } from './ledger/share-look.ts'
import { sessionTabs } from './state.ts'
import type { SessionTab, SessionViewState } from './state.ts'

function all(value: LocationQuery[string] | undefined): readonly string[] {
  return [value].flat().filter((item) => typeof item === 'string')
}

/**
 * Tab, share, finding, selection and folds are part of the address: taken from it when the view opens or another link to the session is
 * followed, written to it when they change. Another tab is a step that Back takes back.
 */
export function keepInRoute(state: SessionViewState, waterfall: WaterfallState): void {
  const route = useRoute()
  const writeLink = useOwnLink()
  const { path } = route
  take(route.query)
  const [tab] = all(route.query['tab'])
  state.view.value = tabOf(tab) ?? state.view.value

  /** What the address does not name stays as it was left. */
  function take(query: LocationQuery): void {
    const [[row], [share], [finding]] = [all(query['row']), all(query['share']), all(query['finding'])]
    if (row) state.selected.value = state.cursor.value = row
    if (query['fold'] !== undefined) state.folded.value = new Set(all(query['fold']))
    if (query['raw'] !== undefined) state.raw.value = new Set(all(query['raw']))
    if (isShareKind(share)) state.share.value = share
    if (finding) state.finding.value = finding
    state.range.value = takeWaterfallQuery(waterfall, (name) => all(query[name])) ?? state.range.value
  }
  /** Steps of one's own that are on their way. */
  let under = 0
  async function write(step: 'push' | 'replace'): Promise<void> {
    under++
    await writeLink(
      {
        ...(state.view.value === 'waterfall' ? {} : { tab: state.view.value }),
        ...(state.share.value === null ? {} : { share: state.share.value }),
        ...(state.finding.value === null ? {} : { finding: state.finding.value }),
        ...(state.selected.value === null ? {} : { row: state.selected.value }),
        ...(state.folded.value.size === 0 ? {} : { fold: [...state.folded.value] }),
        ...(state.raw.value.size === 0 ? {} : { raw: [...state.raw.value] }),
        ...waterfallQuery(waterfall, state.range.value),
      },
      step,
    )
    under--
  }
  const shown = (): SessionTab => tabOf(all(route.query['tab'])[0]) ?? 'waterfall'
  void write('replace')
  watch([state.selected, state.folded, state.raw, state.view, state.share, state.finding], () => {
    void write(state.view.value === shown() ? 'replace' : 'push')
  })
  watch(
    () =>
      [
        all(route.query['tab'])[0],
        all(route.query['row'])[0],
        all(route.query['share'])[0],
        all(route.query['finding'])[0],
      ].join('\n'),
    () => {
      if (under > 0 || route.path !== path) return
      take(route.query)
      state.view.value = shown()
    },
    // While a step is under way, it can be told from those of others.
    { flush: 'sync' },
  )
  // These change with every turn of the wheel and every letter, and browsers take few changes of the address a second.
  watchDebounced(
    () => JSON.stringify(waterfallQuery(waterfall, state.range.value)),
    () => {
      void write('replace')
    },
    { debounce: 300 },
  )
}

function tabOf(word: string | undefined): SessionTab | undefined {
  return sessionTabs.find((name) => name === word)
}
