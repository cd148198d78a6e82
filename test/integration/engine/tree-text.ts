import type { TreeRow } from '../../../src/model/tree/row.ts'

/** Rows as indented lines: `label: status, note [its own raw spans]`. Times are left to other tests. */
export function treeText(rows: readonly TreeRow[]): string {
  const depths = new Map<string, number>()
  const lines = rows.map((row) => {
    const depth = row.parentId === null ? 0 : (depths.get(row.parentId) ?? 0) + 1
    depths.set(row.id, depth)
    const note = row.note === '' ? '' : `, ${row.note}`
    return `${'  '.repeat(depth)}${row.label}: ${row.status}${note}`
  })
  return lines.join('\n')
}
