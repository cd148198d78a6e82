import type { PathStretch } from '../../model/tree/critical-path.ts'
import { barHeight, barTop, type Stretch } from './bars.ts'
import type { DisplayList } from './display-list.ts'
import type { Ink } from './ink.ts'
import { rowHeight } from './hit.ts'
import type { Line } from './lines.ts'
import { logMarks } from './log-marks.ts'
import type { SessionLogs } from './log-marks.ts'
import { rowsAbove } from './outline.ts'
import type { Scale, TimeRange } from './scale.ts'
import { paintOf } from './palette.ts'
import type { SessionData } from './session-data.ts'
import { eventMarks } from './span-events.ts'
import type { SpanEvent } from './span-events.ts'

/** A stretch of the critical path on the line that it shows on. */
export interface PathLine extends TimeRange {
  readonly line: number
}

/** A stretch of a row that is folded away shows on the nearest row above it that is not. In order of time. */
export function pathLines({ outline }: SessionData, list: DisplayList, path: readonly PathStretch[]): PathLine[] {
  return path
    .flatMap(({ row, startMs, endMs }) => {
      const at = [row, ...rowsAbove(outline, row)].find((above) => list.lineOf(above) >= 0)
      return at === undefined ? [] : [{ line: list.lineOf(at), startMs, endMs }]
    })
    .sort((a, b) => a.startMs - b.startMs)
}

/** An outline through the bars of the path, with a thin line from where one stretch ends to where the next begins. */
export function drawPath(
  { context, palette }: Ink,
  path: readonly PathLine[],
  scale: Scale,
  scrollTop: number,
  height: number,
): void {
  const bars = new Path2D()
  const links = new Path2D()
  let before: PathLine | null = null
  for (const stretch of path) {
    const y = stretch.line * rowHeight - scrollTop
    const left = scale.toX(stretch.startMs)
    const right = Math.max(scale.toX(stretch.endMs), left + 1)
    const isIn = right >= 0 && left <= scale.width
    if (isIn && y > -rowHeight && y < height)
      bars.rect(
        Math.max(left, -4),
        y + barTop - 1.5,
        Math.min(right, scale.width + 4) - Math.max(left, -4),
        barHeight + 3,
      )
    if (before && before.line !== stretch.line && left >= 0 && left <= scale.width) {
      const from = before.line * rowHeight - scrollTop
      const [up, down] =
        from < y
          ? [from + barTop + barHeight + 1.5, y + barTop - 1.5]
          : [y + barTop + barHeight + 1.5, from + barTop - 1.5]
      links.moveTo(left, Math.max(-4, up))
      links.lineTo(left, Math.min(height + 4, Math.max(up, down)))
    }
    before = stretch
  }
  context.strokeStyle = palette['--text']
  context.lineWidth = 1.5
  context.stroke(bars)
  context.lineWidth = 1
  context.globalAlpha = 0.5
  context.stroke(links)
  context.globalAlpha = 1
}

/** Squeezed gaps: hatched from top to bottom, so that nobody takes the axis for even. */
export function drawBreaks({ context, palette }: Ink, { segments }: Scale, height: number): void {
  for (const { startX, endX, isBreak } of segments) {
    if (!isBreak) continue
    context.save()
    context.beginPath()
    context.rect(startX, 0, endX - startX, height)
    context.clip()
    context.fillStyle = palette['--sunken']
    context.fillRect(startX, 0, endX - startX, height)
    context.strokeStyle = palette['--muted']
    context.globalAlpha = 0.45
    context.lineWidth = 1
    context.beginPath()
    for (let y = -14; y < height + 14; y += 6) {
      context.moveTo(startX, y + 14)
      context.lineTo(endX, y)
    }
    context.stroke()
    context.restore()
  }
}

/** What is known by its bounds alone, a lighter ground under lines of its colour: the call lies somewhere in there. */
export function drawHatched(
  { context, palette }: Pick<Ink, 'context' | 'palette'>,
  stretches: readonly Stretch[],
  top: number,
): void {
  const alpha = context.globalAlpha
  for (const { x, width, colour } of stretches) {
    context.save()
    context.beginPath()
    context.rect(x, top, width, barHeight)
    context.clip()
    context.fillStyle = context.strokeStyle = paintOf(palette, colour)
    context.globalAlpha = alpha * 0.35
    context.fillRect(x, top, width, barHeight)
    context.globalAlpha = alpha
    context.lineWidth = 1.5
    context.beginPath()
    for (let at = Math.floor(x / 5) * 5 - barHeight; at < x + width; at += 5) {
      context.moveTo(at, top + barHeight)
      context.lineTo(at + barHeight, top)
    }
    context.stroke()
    context.restore()
  }
}

/** A thin line above a bar that a finding names: quiet, and apart from the ticks of logs below it. */
export function drawFound({ context, palette }: Ink, stretches: readonly Stretch[], y: number): void {
  const [bar] = stretches
  if (!bar) return
  context.fillStyle = palette['--wait']
  context.fillRect(bar.x, y + barTop - 3, Math.max(bar.width, 3), 1.5)
}

/** Below a bar a tick for each log record in its time, on its upper edge a diamond for each event of its spans. */
export function drawMarks(
  ink: Ink,
  line: Line,
  logs: SessionLogs | undefined,
  events: readonly SpanEvent[],
  y: number,
  scale: Scale,
  edgeMs: number,
): void {
  const { context, palette } = ink
  for (const { x, isError } of logMarks(line.row, logs, scale, edgeMs)) {
    context.fillStyle = palette[isError ? '--error' : '--muted']
    context.fillRect(Math.round(x), y + barTop + barHeight + 1, 1, 4)
  }
  for (const { x, isError } of eventMarks(events, scale)) drawDiamond(ink, x, y + barTop - 1, isError)
}

/** Its rim keeps it apart from bars of every colour. */
function drawDiamond({ context, palette }: Ink, x: number, y: number, isError: boolean): void {
  context.beginPath()
  for (const [dx, dy] of diamond) context.lineTo(x + dx, y + dy)
  context.closePath()
  context.strokeStyle = palette['--surface']
  context.lineWidth = 2
  context.stroke()
  context.fillStyle = palette[isError ? '--error' : '--text']
  context.fill()
}

const diamond = [
  [0, -2.5],
  [2.5, 0],
  [0, 2.5],
  [-2.5, 0],
] as const

export function drawSelection(
  { context, palette }: Ink,
  { startMs, endMs }: TimeRange,
  scale: Scale,
  height: number,
): void {
  const left = scale.toX(startMs)
  const right = scale.toX(endMs)
  context.fillStyle = palette['--accent']
  context.globalAlpha = 0.12
  context.fillRect(left, 0, right - left, height)
  context.globalAlpha = 1
  context.fillRect(left - 0.5, 0, 1, height)
  context.fillRect(right - 0.5, 0, 1, height)
}
