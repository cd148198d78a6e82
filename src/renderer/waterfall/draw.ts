import type { TreeRow } from '../../model/tree/row.ts'
import { duration } from '../format/duration.ts'
import { endOf, rowHeight } from './hit.ts'
import type { RowWindow } from './hit.ts'
import { baseColour, partColour } from './palette.ts'
import type { ColourName, Palette } from './palette.ts'
import type { PlacedRow } from './rows.ts'
import { timeToX } from './scale.ts'
import type { Tick, TimeRange } from './scale.ts'

const barTop = 5
const barHeight = 13
const barRadius = 3
const narrowestBar = 3
const fadeLength = 56
/** Bars are cut this far outside the picture, so that no coordinate grows with the zoom. */
const outside = 8
const labelGap = 5

export interface Picture {
  readonly rows: readonly PlacedRow[]
  readonly window: RowWindow
  readonly scrollTop: number
  readonly range: TimeRange
  /** Where open bars end. */
  readonly edgeMs: number
  readonly live: boolean
  readonly width: number
  readonly height: number
  readonly ticks: readonly Tick[]
  readonly palette: Palette
  readonly font: string
}

export interface Stretch {
  readonly x: number
  readonly width: number
  readonly colour: ColourName
}

/** Pixels of one bar, cut to the picture: its base and then its parts on top. Empty when it is out of view. */
export function barStretches(row: TreeRow, range: TimeRange, width: number, edgeMs: number): readonly Stretch[] {
  const left = timeToX(row.startMs, range, width)
  const right = Math.max(timeToX(endOf(row, edgeMs), range, width), left + narrowestBar)
  if (right < 0 || left > width) return []
  const cut = (from: number, to: number, colour: ColourName): Stretch => {
    const x = Math.max(from, -outside)
    return { x, width: Math.max(0, Math.min(to, width + outside) - x), colour }
  }
  const longest = row.parts.reduce<TreeRow['parts'][number] | null>(
    (best, part) => (best && best.durationMs >= part.durationMs ? best : part),
    null,
  )
  // A bar too narrow for its parts shows the one that took longest.
  if (longest && right - left <= narrowestBar) return [cut(left, right, partColour[longest.kind])]
  const parts = row.parts.map((part) => {
    const from = timeToX(part.startMs, range, width)
    return cut(from, timeToX(part.startMs + part.durationMs, range, width), partColour[part.kind])
  })
  return [cut(left, right, baseColour(row)), ...parts.filter((part) => part.width > 0)]
}

/** The words beside a bar: how long it took, or takes, and its note. */
export function barLabel(row: TreeRow, edgeMs: number, live: boolean): string {
  const took = duration(endOf(row, edgeMs) - row.startMs)
  return [row.durationMs === null && live ? `${took} so far` : took, row.note]
    .filter((words) => words !== '')
    .join(', ')
}

/** Right of the bar where there is room, else left of it, else inside. Returns the left edge and whether it is inside. */
export function labelPlace(
  bar: { readonly x: number; readonly width: number },
  labelWidth: number,
  width: number,
): { readonly x: number; readonly inside: boolean } {
  const right = bar.x + bar.width + labelGap
  if (right >= 0 && right + labelWidth <= width - 4) return { x: Math.max(right, labelGap), inside: false }
  const left = bar.x - labelGap - labelWidth
  if (left >= 4) return { x: left, inside: false }
  return { x: Math.max(bar.x, 0) + labelGap + 2, inside: true }
}

export function draw(context: CanvasRenderingContext2D, picture: Picture): void {
  const { rows, window, scrollTop, width, height, ticks, palette, font } = picture
  context.clearRect(0, 0, width, height)
  // Thin enough to show alike on rows of every ground.
  context.globalAlpha = 0.14
  context.fillStyle = palette['--muted']
  for (const { x } of ticks) context.fillRect(Math.round(x), 0, 1, height)
  context.globalAlpha = 1
  context.font = font
  context.textBaseline = 'middle'
  for (let index = window.first; index < window.end; index += 1) {
    const placed = rows[index]
    if (placed) drawRow(context, placed.row, index * rowHeight - scrollTop, picture)
  }
}

function drawRow(context: CanvasRenderingContext2D, row: TreeRow, y: number, picture: Picture): void {
  const { range, width, edgeMs, palette } = picture
  const stretches = barStretches(row, range, width, edgeMs)
  const bar = stretches[0]
  if (!bar) return
  const open = row.durationMs === null
  const fade = open ? Math.min(fadeLength, bar.width / 2) : 0
  const solidEnd = bar.x + bar.width - fade
  context.save()
  context.beginPath()
  context.roundRect(bar.x, y + barTop, bar.width, barHeight, barRadius)
  context.clip()
  for (const { x, width: length, colour } of stretches) {
    context.fillStyle = palette[colour]
    context.fillRect(x, y + barTop, Math.min(length, Math.max(0, solidEnd - x)), barHeight)
  }
  if (open) {
    const last = stretches.findLast((stretch) => stretch.x + stretch.width >= solidEnd) ?? bar
    const gradient = context.createLinearGradient(solidEnd, 0, solidEnd + fade, 0)
    gradient.addColorStop(0, palette[last.colour])
    gradient.addColorStop(1, `${palette[last.colour]}00`)
    context.fillStyle = gradient
    context.fillRect(solidEnd, y + barTop, fade, barHeight)
  }
  context.restore()
  drawLabel(context, row, stretches, y, picture)
}

function drawLabel(
  context: CanvasRenderingContext2D,
  row: TreeRow,
  stretches: readonly Stretch[],
  y: number,
  { width, edgeMs, live, palette }: Picture,
): void {
  const [bar] = stretches
  if (!bar) return
  const label = barLabel(row, edgeMs, live)
  const labelWidth = context.measureText(label).width
  const { x, inside } = labelPlace(bar, labelWidth, width)
  const onColour = inside && stretches.some(({ colour }) => colour !== '--idle')
  if (onColour) {
    // No text colour reads well on every part, so the words bring their own ground.
    context.fillStyle = palette['--surface']
    context.beginPath()
    context.roundRect(x - 3, y + barTop - 1, labelWidth + 6, barHeight + 2, barRadius)
    context.fill()
  }
  context.fillStyle = inside ? palette['--text'] : palette['--muted']
  context.fillText(label, x, y + barTop + barHeight / 2 + 0.5)
}
