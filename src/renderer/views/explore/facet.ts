/** A value that a list can be narrowed to. */
export interface Facet {
  readonly id: string
  readonly name: string
  /** null where it is not known. */
  readonly count: number | null
}
