import type { TreeRow } from '../../../src/model/tree/row.ts'

/** Rows as indented lines: `kind label: status, note`; of a session also who it is. Times and counts are left to other tests. */
export function treeText(rows: readonly TreeRow[]): string {
  const depths = new Map<string | null, number>()
  const lines = rows.map((row) => {
    const depth = (depths.get(row.parentId) ?? -1) + 1
    depths.set(row.id, depth)
    const who = row.kind === 'session_loop' ? ` (${row.detail.split(' · ')[0] ?? ''})` : ''
    const name = row.label.startsWith(row.kind) ? row.label : `${row.kind} ${row.label}`
    const note = row.note === '' ? '' : `, ${row.note}`
    return `${'  '.repeat(depth)}${name}${who}: ${row.status}${note}`
  })
  return lines.join('\n')
}
