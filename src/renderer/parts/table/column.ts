/** How a cell's words look beside the usual ones. */
export type Tone = 'bad' | 'warn' | 'quiet' | 'faint' | 'strong' | 'code'

/** A column as data. What stands in it is `text`, or a slot of its name where words are not enough. */
export interface Column<Row> {
  readonly id: string
  readonly name: string
  /**
   * A track of CSS grid. In a table of virtual rows it must not depend on what stands in them; in one of whole rows, a fixed width at
   * its edge would lose what the row keeps free there.
   */
  readonly width: string
  /** Heads that only some need: what the column means, or a name that is heard and not seen. */
  readonly title?: string
  readonly unseen?: boolean
  /** Columns of one group beside each other have its name above theirs. */
  readonly group?: string
  readonly numeric?: boolean
  /** It names its row. */
  readonly names?: boolean
  /** Goes on in more lines instead of being cut. */
  readonly wraps?: boolean
  /** The order of its first click, where rows can be sorted by it; the second turns that round. */
  readonly sorts?: 'ascending' | 'descending'
  readonly text?: (row: Row) => string
  /** All of it, where `text` is cut or rounded; else `text` itself. */
  readonly tip?: (row: Row) => string | undefined
  readonly tone?: (row: Row) => Tone | undefined
}

export interface Sort {
  readonly column: string
  readonly descending: boolean
}

export function sortedBy<Row>({ id, sorts }: Column<Row>, now: Sort | null): Sort {
  return { column: id, descending: now?.column === id ? !now.descending : sorts === 'descending' }
}

/** Rows that need not all be there: `at` gives none for one that has not been read yet. An array is such. */
export interface Rows<Row> {
  readonly length: number
  readonly at: (index: number) => Row | undefined
}

export interface HeadGroup {
  readonly name: string
  readonly span: number
}

/** The line above the heads: groups, and what has none. Empty where no column has one. */
export function headGroups(columns: readonly { readonly group?: string }[]): readonly HeadGroup[] {
  if (!columns.some(({ group }) => group !== undefined)) return []
  const groups: HeadGroup[] = []
  for (const { group = '' } of columns) {
    const last = groups.at(-1)
    if (last?.name === group) groups.splice(-1, 1, { name: group, span: last.span + 1 })
    else groups.push({ name: group, span: 1 })
  }
  return groups
}
