import type { PanelPlace } from '../../../contract/settings.ts'
import type { PanelEntry } from '../../charts/rows.ts'

/** A panel where it stands: its size in columns of twelve and rows of 96 px. */
export interface Placed {
  readonly entry: PanelEntry
  readonly width: number
  readonly height: number
  readonly hidden: boolean
}

export const narrowest = 2
export const widest = 12
export const lowest = 1
export const tallest = 6

/** The panels as they were arranged: those that are new come last, places of panels that are gone count for nothing. */
export function arrange(entries: readonly PanelEntry[], saved: readonly PanelPlace[]): readonly Placed[] {
  const places = new Map(saved.map((place, index) => [place.id, { ...place, index }]))
  return entries
    .map((entry, at) => {
      const place = places.get(entry.id)
      const { width, height } = place ?? entry.size
      return {
        entry,
        width,
        height,
        hidden: place?.hidden ?? entry.spare ?? false,
        order: place?.index ?? saved.length + at,
      }
    })
    .sort((a, b) => a.order - b.order)
    .map(({ order: _order, ...placed }) => placed)
}

export function placesOf(placed: readonly Placed[]): PanelPlace[] {
  return placed.map(({ entry, width, height, hidden }) => ({ id: entry.id, width, height, hidden }))
}

/** The same with one panel right before or after another. */
export function moved(placed: readonly Placed[], id: string, to: string, side: 'before' | 'after'): readonly Placed[] {
  const panel = placed.find(({ entry }) => entry.id === id)
  const others = placed.filter(({ entry }) => entry.id !== id)
  const at = others.findIndex(({ entry }) => entry.id === to)
  return panel && at >= 0 ? others.toSpliced(side === 'before' ? at : at + 1, 0, panel) : placed
}

export function changed(
  placed: readonly Placed[],
  id: string,
  change: Partial<Pick<Placed, 'width' | 'height' | 'hidden'>>,
): readonly Placed[] {
  const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
  return placed.map((panel) => {
    if (panel.entry.id !== id) return panel
    const next = { ...panel, ...change }
    return { ...next, width: within(next.width, narrowest, widest), height: within(next.height, lowest, tallest) }
  })
}

export interface Box {
  readonly id: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * Whom a panel changes places with: its neighbour in the order for left and right; above and below, the nearest one that stands
 * over or under its middle. null at the edge.
 */
export function neighbour(boxes: readonly Box[], id: string, direction: Direction): string | null {
  const at = boxes.findIndex((box) => box.id === id)
  const own = boxes[at]
  if (!own) return null
  if (direction === 'left') return boxes[at - 1]?.id ?? null
  if (direction === 'right') return boxes[at + 1]?.id ?? null
  const distance = (box: Box): number => (direction === 'up' ? own.top - box.bottom : box.top - own.bottom)
  const middle = (own.left + own.right) / 2
  const aside = (box: Box): number => Math.max(0, box.left - middle, middle - box.right)
  // Gaps are a few pixels, and two of a row never reach each other's height.
  const beyond = boxes.filter((box) => box.id !== id && distance(box) > -1)
  const nearest = [...beyond].sort((a, b) => distance(a) - distance(b) || aside(a) - aside(b))
  const row = nearest.filter((box) => distance(box) - distance(nearest[0] ?? box) < 1)
  return [...row].sort((a, b) => aside(a) - aside(b))[0]?.id ?? null
}
