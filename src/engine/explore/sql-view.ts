/** What the SQL console selects from: one view a kind of fact, with names for people. Times are UTC as text and Unix milliseconds. */
export interface SqlView {
  readonly name: string
  readonly meaning: string
  readonly from: string
  /** Name → expression and meaning, and what of people's own words it holds. */
  readonly columns: Readonly<Record<string, readonly [expression: string, meaning: string, content?: ContentColumn]>>
}

export type ContentColumn = 'prompt' | 'arguments'

export const utc = (ns: string): string => `strftime('%Y-%m-%d %H:%M:%f', ${ns} / 1e9, 'unixepoch')`
export const ms = (ns: string): string => `${ns} / 1000000`
