import { createHmac } from 'node:crypto'
import type { FactRow } from './fact-tables.ts'

/** Replaces who it was by a word that is the same for the same person, and tells nothing else. */
export type UserHash = (table: string, row: FactRow) => FactRow

const characters = 16

/**
 * `key`: a secret of the team's. Without one the word is the same for everybody who hashes that address, and so an address can be tried.
 */
export function userHash(key: string): UserHash {
  const word = (text: string, of = 'user'): string =>
    `${of}-${createHmac('sha256', key).update(text).digest('hex').slice(0, characters)}`
  const hashed = (row: FactRow, column: 'user' | 'host'): FactRow =>
    typeof row[column] === 'string' ? { ...row, [column]: word(row[column], column) } : row
  return (table, row) => {
    // Machines are often called after people.
    if (table === 'session') return hashed(hashed(row, 'user'), 'host')
    if (table !== 'session_attribute' || !/^(end)?user\./.test(String(row['key']))) return row
    return { ...row, value: word(String(row['value'])) }
  }
}

/** Hashed facts are of a version of their own, so that they take the place of those that name people. */
export const hashedVersions = 128
