import type { Attributes } from '../attributes.ts'
import { producers } from './producers/index.ts'
import type { Role } from './producers/producer.ts'

/** The first producer that knows what it is; else `none` where one says that it is nothing of interest, else `unknown`; null: no word. */
export function roleOf(attributes: Attributes): Role | null {
  const found = producers.flatMap(({ role }) => role?.(attributes) ?? [])
  const known = found.find((role) => role !== 'none' && role !== 'unknown')
  return known ?? (found.includes('none') ? 'none' : (found[0] ?? null))
}
