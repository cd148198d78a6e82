import type { LocationQueryRaw } from 'vue-router'
import { colourings } from './colour-by.ts'
import type { TimeRange } from './scale.ts'
import type { WaterfallState } from './state.ts'

/** What a link says of a waterfall, beside the selection and the folds: only what is not as it is at first. */
export function waterfallQuery(own: WaterfallState, range: TimeRange | null): LocationQueryRaw {
  return {
    ...(own.opened.value.size === 0 ? {} : { open: [...own.opened.value] }),
    ...(own.query.value.trim() === '' ? {} : { find: own.query.value.trim() }),
    ...(own.onlyMatches.value ? { only: '1' } : {}),
    ...(own.showsPath.value ? { path: '1' } : {}),
    ...(own.squeezes.value ? { squeeze: '1' } : {}),
    ...(own.colourBy.value === 'kind' ? {} : { colour: own.colourBy.value }),
    ...(range === null ? {} : { from: range.startMs.toFixed(3), to: range.endMs.toFixed(3) }),
  }
}

/** The range that a link shows, null where it shows all; everything else is put where it belongs. */
export function takeWaterfallQuery(own: WaterfallState, all: (name: string) => readonly string[]): TimeRange | null {
  const [find] = all('find')
  const [colour] = all('colour')
  if (all('open').length > 0) own.opened.value = new Set(all('open'))
  if (find !== undefined) own.query.value = find
  if (all('only').length > 0) own.onlyMatches.value = true
  if (all('path').length > 0) own.showsPath.value = true
  if (all('squeeze').length > 0) own.squeezes.value = true
  own.colourBy.value = colourings.find(({ by }) => by === colour)?.by ?? own.colourBy.value
  const [startMs, endMs] = [Number(all('from')[0]), Number(all('to')[0])]
  return endMs > startMs ? { startMs, endMs } : null
}
