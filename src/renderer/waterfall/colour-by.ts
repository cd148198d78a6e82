import type { TreeRow } from '../../model/tree/row.ts'
import { hueOf } from './palette.ts'
import type { ColourName, HueName } from './palette.ts'
import { statusName } from './words.ts'

/** What bars can be coloured by. By kind they show their parts; by anything else they are of one colour. */
export const colourings = [
  { by: 'kind', name: 'kind of work' },
  { by: 'model', name: 'model' },
  { by: 'tool', name: 'tool' },
  { by: 'status', name: 'status' },
  { by: 'session', name: 'session' },
  { by: 'name', name: 'span name' },
] as const

export type Colouring = (typeof colourings)[number]['by']

/** The value that a row is coloured by, null where it has none. */
export function valueOf(row: TreeRow, by: Colouring): string | null {
  switch (by) {
    case 'kind':
      return null
    case 'model':
      // The first of the words behind the label of a call is its model (model/tree/api-rows.ts).
      return row.kind === 'api_call' ? (row.detail.split(' · ')[0] ?? null) || null : null
    case 'tool':
      return row.kind === 'tool_call' ? row.label : null
    case 'status':
      return statusName(row.status)
    case 'session':
      return row.sessionId || null
    case 'name':
      return row.kind === 'raw' ? row.label : null
    default:
      return by satisfies never
  }
}

const statusColour = {
  ok: '--tool',
  error: '--error',
  cancelled: '--wait',
  open: '--accent',
  unknown: '--helper',
} as const

/** null: the row shows the parts that it has. Rows without a value step back. */
export function colourOf(row: TreeRow, by: Colouring): ColourName | HueName | null {
  if (by === 'kind') return null
  if (by === 'status') return statusColour[row.status]
  const value = valueOf(row, by)
  return value === null ? '--idle' : hueOf(value)
}
