import type { PartKind, RowKind, TreeRow } from '../../model/tree/row.ts'
import { categoryLookOf } from './category-look.ts'

/** The custom properties that the canvas draws with; tokens.css holds their values, all six hex digits, for both themes. */
const names = [
  '--model',
  '--model-soft',
  '--tool',
  '--helper',
  '--hook',
  '--start-up',
  '--wait',
  '--wait-soft',
  '--error',
  '--idle',
  '--muted',
  '--text',
  '--surface',
  '--sunken',
  '--line',
  '--line-strong',
  '--accent',
  '--accent-soft',
] as const

export type ColourName = (typeof names)[number]
export type Palette = Readonly<Record<ColourName | HueName, string>>

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const entries = names.map((name) => [name, style.getPropertyValue(name).trim()])
  const theme = style.colorScheme === 'dark' ? 'dark' : 'light'
  return Object.fromEntries([...entries, ...hues[theme].map((hue, index) => [`hue-${index}`, hue])]) as Palette
}

/** What to paint with. */
export function paintOf(palette: Palette, colour: ColourName | HueName): string {
  return palette[colour] ?? palette['--helper']
}

export type HueName = `hue-${number}`

/** For values that have no colour of their own: at least 3:1 on the surface of their theme, none like another. */
export const hues = {
  light: [
    ...['#2f5bd7', '#0b8f83', '#b8620a', '#a13fb5', '#4d8a1f', '#cf3b6b'],
    ...['#0c84ad', '#8a6d00', '#6d4fe0', '#6f7b88', '#a8522f', '#2f7d55'],
  ],
  dark: [
    ...['#7ea2ff', '#34c3b3', '#f0a35a', '#d98cec', '#9fd06a', '#ff8fb0'],
    ...['#5cc4ea', '#d9bf4a', '#b19cff', '#a3aebb', '#e59a78', '#6fd09c'],
  ],
} as const satisfies Record<'light' | 'dark', readonly string[]>

/** The same value has the same hue in every session and on every day (FNV-1a). */
export function hueOf(value: string): HueName {
  let hash = 0x811c9dc5
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193)
  return `hue-${(hash >>> 0) % hues.light.length}`
}

export const partColour: Readonly<Record<PartKind, ColourName>> = {
  model_wait: '--model-soft',
  model_stream: '--model',
  model: '--model',
  tool_run: '--tool',
  tool_queue: '--helper',
  wait_user: '--wait',
  wait_reviewer: '--wait-soft',
  retry: '--error',
  idle: '--idle',
  away: '--line-strong',
}

export const partName: Readonly<Record<PartKind, string>> = {
  model_wait: 'model, before first item',
  model_stream: 'model, streaming',
  model: 'model, not split',
  tool_run: 'running',
  tool_queue: 'queued behind other tools',
  wait_user: 'waiting for you',
  wait_reviewer: 'waiting for the reviewer',
  retry: 'failed, run again',
  idle: 'idle',
  away: 'the machine was away',
}

const kindColour: Readonly<Record<RowKind, ColourName>> = {
  session_loop: '--idle',
  turn: '--idle',
  api_call: '--model',
  tool_call: '--tool',
  compaction: '--model-soft',
  hook: '--hook',
  raw: '--helper',
}

/** What lies under the parts of a bar: time that none of them explains shows as idle. */
export function baseColour(row: TreeRow): ColourName {
  if (row.parts.length > 0) return '--idle'
  // A session file does not tell what a call did that was broken off.
  if (row.kind === 'tool_call' && row.status === 'cancelled') return '--idle'
  if (row.status === 'error' && row.kind !== 'session_loop' && row.kind !== 'turn') return '--error'
  if (row.kind === 'raw') return categoryLookOf(row).colour
  return spawnsHelper(row) ? '--helper' : kindColour[row.kind]
}

/** The tool with which Codex starts a helper of its own. */
export function spawnsHelper(row: TreeRow): boolean {
  return row.kind === 'tool_call' && row.label === 'spawn_agent'
}
