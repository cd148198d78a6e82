import { attributeColumn, attributeOf, columns, type SessionColumn } from './columns.ts'

/** The title needs this much before another column may show. It is what people know a session by, so of a wide window it has its part. */
const roomyTitle = (width: number): number => 252 + Math.max(0, width - 1200) / 3

/** Of a team it matters first whose a session is and where it ran; all of them are known from telemetry. */
const ranksOfTeam: Readonly<Partial<Record<string, number>>> = { user: 1, model: 2, tools: 2, host: 2, witness: 9 }

/** What was chosen, in the columns' own order; where nothing was, as many as have room, by rank. */
export function shownColumns(
  chosen: readonly string[] | null,
  width: number,
  isTeam = false,
): readonly SessionColumn[] {
  const rankOf = ({ id, rank }: SessionColumn): number => (isTeam ? ranksOfTeam[id] : undefined) ?? rank
  if (chosen) {
    const keys = chosen.map(attributeOf).filter((key) => key !== null)
    return [...columns.filter(({ id }) => id === 'title' || chosen.includes(id)), ...keys.map(attributeColumn)]
  }
  let left = width - roomyTitle(width)
  const fitting = new Set(['title'])
  for (const column of [...columns].sort((a, b) => rankOf(a) - rankOf(b))) {
    if (column.id === 'title') continue
    left -= column.width
    if (left >= 0 || column.rank === 0) fitting.add(column.id)
  }
  return columns.filter(({ id }) => fitting.has(id))
}
