import type { PartKind, RowKind, TreeRow } from '../../model/tree/row.ts'

/** The custom properties that the canvas draws with; tokens.css holds their values, all six hex digits, for both themes. */
const names = [
  '--model',
  '--model-soft',
  '--tool',
  '--helper',
  '--wait',
  '--wait-soft',
  '--error',
  '--idle',
  '--muted',
  '--text',
  '--surface',
] as const

export type ColourName = (typeof names)[number]
export type Palette = Readonly<Record<ColourName, string>>

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const entries = names.map((name) => [name, style.getPropertyValue(name).trim()])
  return Object.fromEntries(entries) as Palette
}

export const partColour: Readonly<Record<PartKind, ColourName>> = {
  model_wait: '--model-soft',
  model_stream: '--model',
  tool_run: '--tool',
  tool_queue: '--helper',
  wait_user: '--wait',
  wait_reviewer: '--wait-soft',
  retry: '--error',
  idle: '--idle',
}

export const partName: Readonly<Record<PartKind, string>> = {
  model_wait: 'model, before first item',
  model_stream: 'model, streaming',
  tool_run: 'running',
  tool_queue: 'queued behind other tools',
  wait_user: 'waiting for you',
  wait_reviewer: 'waiting for the reviewer',
  retry: 'failed, run again',
  idle: 'idle',
}

const kindColour: Readonly<Record<RowKind, ColourName>> = {
  session_loop: '--idle',
  turn: '--idle',
  api_call: '--model',
  tool_call: '--tool',
  compaction: '--model-soft',
  raw: '--helper',
}

/** What lies under the parts of a bar: time that none of them explains shows as idle. */
export function baseColour(row: TreeRow): ColourName {
  if (row.parts.length > 0) return '--idle'
  if (row.status === 'error' && row.kind !== 'session_loop' && row.kind !== 'turn') return '--error'
  return spawnsHelper(row) ? '--helper' : kindColour[row.kind]
}

/** The tool with which Codex starts a helper of its own. */
export function spawnsHelper(row: TreeRow): boolean {
  return row.kind === 'tool_call' && row.label === 'spawn_agent'
}
