import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { criticalPath } from '../../model/tree/critical-path.ts'
import type { TreeRow } from '../../model/tree/row.ts'
import { colourOf, valueOf } from './colour-by.ts'
import type { Colouring } from './colour-by.ts'
import type { PathStretch } from '../../model/tree/critical-path.ts'
import type { DisplayList } from './display-list.ts'
import { pathLines } from './draw-marks.ts'
import type { PathLine } from './draw-marks.ts'
import { endOf } from './hit.ts'
import type { Line } from './lines.ts'
import type { Outline } from './outline.ts'
import { hueOf, hues } from './palette.ts'
import { pathSums } from './path-sums.ts'
import type { KindSum } from './path-sums.ts'
import type { TimeRange } from './scale.ts'
import type { SessionData } from './session-data.ts'

export interface CriticalPath {
  readonly sums: ComputedRef<readonly KindSum[]>
  readonly lines: ComputedRef<readonly PathLine[]>
}

/** The critical path while it is wanted, on the lines that show. */
export function useCriticalPath(
  isWanted: () => boolean,
  data: () => SessionData,
  list: () => DisplayList,
  edgeMs: () => number,
  wall: () => TimeRange | null,
): CriticalPath {
  const path = computed(() => (isWanted() ? awaitedPath(data().outline, edgeMs(), wall()) : []))
  return {
    sums: computed(() => pathSums(data().outline.rows, path.value)),
    lines: computed(() => pathLines(data(), list(), path.value)),
  }
}

/** A session that goes on when the row that started it has ended was not waited for: nothing in it is on the path. */
function awaitedPath({ rows, parent }: Outline, edgeMs: number, wall: TimeRange | null): readonly PathStretch[] {
  const awaited = Int32Array.from(parent, (above, row) => {
    const [at, holder] = [rows[row], rows[above]]
    return at?.kind === 'session_loop' && holder && endOf(at, edgeMs) > endOf(holder, edgeMs) ? detached : above
  })
  return criticalPath(rows, awaited, edgeMs, wall ?? undefined)
}

/** The parent of what hangs on no row. */
const detached = -2

export interface LegendEntry {
  readonly value: string
  readonly colour: string
}

/** A colour as CSS knows it: the palette's names are custom properties or hues of the theme. */
export function cssColour(row: TreeRow, by: Colouring): string | null {
  const colour = colourOf(row, by)
  if (colour === null || colour === '--idle') return null
  return colour.startsWith('--') ? `var(${colour})` : hueCss(colour)
}

function hueCss(hue: string): string {
  const index = Number(hue.slice('hue-'.length))
  return `light-dark(${hues.light[index]}, ${hues.dark[index]})`
}

const most = 8

/** The values in view with their colours, most frequent first. */
export function legendOf(lines: readonly Line[], by: Colouring): readonly LegendEntry[] {
  const counts = new Map<string, { count: number; colour: string }>()
  for (const { row } of lines) {
    const value = valueOf(row, by)
    if (value === null) continue
    const colour = cssColour(row, by) ?? hueCss(hueOf(value))
    counts.set(value, { colour, count: (counts.get(value)?.count ?? 0) + 1 })
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count).slice(0, most)
  return sorted.map(([value, { colour }]) => ({ value, colour }))
}
