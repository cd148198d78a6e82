import type { TreeRow } from '../../model/tree/row.ts'
import { barHeight, barLabel, barStretches, barTop, labelPlace } from './bars.ts'
import type { Stretch } from './bars.ts'
import { colourOf } from './colour-by.ts'
import type { Colouring } from './colour-by.ts'
import { drawBreaks, drawMarks, drawPath, drawSelection } from './draw-marks.ts'
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
  for (const line of lines) {
    const y = line.line * rowHeight - scrollTop
    if (y > -rowHeight && y < height) drawLine(ink, line, y, picture)
  }
  drawPath(ink, picture.path, scale, scrollTop, height)
  if (selection) drawSelection(ink, selection, scale, height)
}

function drawLine(ink: Ink, line: Line, y: number, picture: Picture): void {
  const { scale, edgeMs, colourBy, isMatch, logs, eventsOf } = picture
  const stretches = barStretches(line.row, scale, edgeMs, colourOf(line.row, colourBy))
  if (stretches.length === 0) return
  // While something is looked for, the rest steps back.
  const isDim = isMatch !== null && !isMatch(line)
  ink.context.globalAlpha = isDim ? 0.35 : 1
  drawBar(ink, line.row, stretches, y)
  ink.context.globalAlpha = 1
  drawLabel(ink, line.row, stretches, y, picture)
  drawMarks(ink, line, logs.get(line.row.sessionId), eventsOf(line).events, y, scale, edgeMs)
}

function drawBar({ context, palette }: Ink, row: TreeRow, stretches: readonly Stretch[], y: number): void {
  const bar = stretches[0]
  if (!bar) return
  const top = y + barTop
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
  { scale, edgeMs, live }: Picture,
): void {
  const [bar] = stretches
  if (!bar) return
  const label = barLabel(row, edgeMs, live)
  const labelWidth = context.measureText(label).width
  const { x, inside } = labelPlace(bar, labelWidth, scale.width)
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
