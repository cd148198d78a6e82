import type { TreeRow } from '../../model/tree/row.ts'
import { barHeight, barLabel, barStretches, barTop, labelPlace } from './bars.ts'
import type { Stretch } from './bars.ts'
import { colourOf } from './colour-by.ts'
import type { Colouring } from './colour-by.ts'
import { drawBreaks, drawFound, drawHatched, drawMarks, drawPath, drawSelection } from './draw-marks.ts'
import type { PathLine } from './draw-marks.ts'
import { rowHeight } from './hit.ts'
import type { Ink } from './ink.ts'
import type { Line } from './lines.ts'
import type { SessionLogs } from './log-marks.ts'
import { paintOf } from './palette.ts'
import type { Scale, TimeRange } from './scale.ts'
import type { LineEvents } from './span-events.ts'
import type { Tick } from './axis.ts'

const barRadius = 3
const fadeLength = 56

export interface Picture {
  readonly lines: readonly Line[]
  readonly scrollTop: number
  readonly scale: Scale
  /** Where open bars end. */
  readonly edgeMs: number
  readonly live: boolean
  readonly height: number
  readonly ticks: readonly Tick[]
  readonly colourBy: Colouring
  readonly logs: ReadonlyMap<string, SessionLogs>
  readonly eventsOf: (line: Line) => LineEvents
  /** Entries in which the words of a search occur; null without a search. */
  readonly isMatch: ((line: Line) => boolean) | null
  /** Whether a finding names the row. */
  readonly isFound: (line: Line) => boolean
  readonly path: readonly PathLine[]
  readonly selection: TimeRange | null
}

export function draw(ink: Ink, picture: Picture): void {
  const { context, palette, font } = ink
  const { lines, scrollTop, scale, height, ticks, selection } = picture
  context.clearRect(0, 0, scale.width, height)
  // Thin enough to show alike on rows of every ground.
  context.globalAlpha = 0.14
  context.fillStyle = palette['--muted']
  for (const { x } of ticks) context.fillRect(Math.round(x), 0, 1, height)
  context.globalAlpha = 1
  drawBreaks(ink, scale, height)
  context.font = font
  context.textBaseline = 'middle'
  const bars = lines.flatMap((line): readonly Bar[] => {
    const y = line.line * rowHeight - scrollTop
    if (y <= -rowHeight || y >= height) return []
    const stretches = barStretches(line.row, scale, picture.edgeMs, colourOf(line.row, picture.colourBy))
    return stretches.length === 0 ? [] : [{ line, stretches, y }]
  })
  for (const bar of bars) drawBar(ink, bar, picture.isMatch)
  for (const { line, stretches, y } of bars) if (picture.isFound(line)) drawFound(ink, stretches, y)
  drawPath(ink, picture.path, scale, scrollTop, height)
  // Above the path, whose lines would go through the words.
  for (const { line, stretches, y } of bars) {
    drawLabel(ink, line.row, stretches, y, picture)
    drawMarks(ink, line, picture.logs.get(line.row.sessionId), picture.eventsOf(line).events, y, scale, picture.edgeMs)
  }
  if (selection) drawSelection(ink, selection, scale, height)
}

interface Bar {
  readonly line: Line
  readonly stretches: readonly Stretch[]
  readonly y: number
}

function drawBar(ink: Ink, { line, stretches, y }: Bar, isMatch: Picture['isMatch']): void {
  // While something is looked for, the rest steps back.
  ink.context.globalAlpha = isMatch !== null && !isMatch(line) ? 0.35 : 1
  drawStretches(ink, line.row, stretches, y)
  ink.context.globalAlpha = 1
}

function drawStretches(
  { context, palette }: Pick<Ink, 'context' | 'palette'>,
  row: TreeRow,
  stretches: readonly Stretch[],
  y: number,
): void {
  const bar = stretches[0]
  if (!bar) return
  const top = y + barTop
  if (row.atMost) {
    drawHatched({ context, palette }, stretches.length > 1 ? stretches.slice(1) : stretches, top)
    return
  }
  if (stretches.length === 1 && row.durationMs !== null) {
    context.fillStyle = paintOf(palette, bar.colour)
    if (bar.width <= 2 * barRadius) context.fillRect(bar.x, top, bar.width, barHeight)
    else fillRound(context, bar.x, top, bar.width)
    return
  }
  const fade = row.durationMs === null ? Math.min(fadeLength, bar.width / 2) : 0
  const solidEnd = bar.x + bar.width - fade
  context.save()
  context.beginPath()
  context.roundRect(bar.x, top, bar.width, barHeight, barRadius)
  context.clip()
  for (const { x, width, colour } of stretches) {
    context.fillStyle = paintOf(palette, colour)
    context.fillRect(x, top, Math.min(width, Math.max(0, solidEnd - x)), barHeight)
  }
  if (fade > 0) {
    const last = stretches.findLast((stretch) => stretch.x + stretch.width >= solidEnd) ?? bar
    const gradient = context.createLinearGradient(solidEnd, 0, solidEnd + fade, 0)
    gradient.addColorStop(0, paintOf(palette, last.colour))
    gradient.addColorStop(1, `${paintOf(palette, last.colour)}00`)
    context.fillStyle = gradient
    context.fillRect(solidEnd, top, fade, barHeight)
  }
  context.restore()
}

function fillRound(context: CanvasRenderingContext2D, x: number, y: number, width: number): void {
  context.beginPath()
  context.roundRect(x, y, width, barHeight, barRadius)
  context.fill()
}

function drawLabel(
  { context, palette }: Ink,
  row: TreeRow,
  stretches: readonly Stretch[],
  y: number,
  { scale, edgeMs, live, path }: Picture,
): void {
  const [bar] = stretches
  if (!bar) return
  const label = barLabel(row, edgeMs, live)
  const labelWidth = context.measureText(label).width
  const { x, inside } = labelPlace(bar, labelWidth, scale.width, stretches.length > 1)
  if (inside && (path.length > 0 || stretches.some(({ colour }) => colour !== '--idle'))) {
    // No text colour reads well on every part, nor over lines, so the words bring their own ground.
    context.fillStyle = palette['--surface']
    context.beginPath()
    context.roundRect(x - 3, y + barTop - 1, labelWidth + 6, barHeight + 2, barRadius)
    context.fill()
  }
  context.fillStyle = inside ? palette['--text'] : palette['--muted']
  context.fillText(label, x, y + barTop + barHeight / 2 + 0.5)
}
