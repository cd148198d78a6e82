import { findingKeeper } from '../findings/keep.ts'
import type { Db } from './database.ts'
import { settler } from './settle.ts'
import { turnShareWriter } from './turn-shares.ts'

/** What is worked out of a session's facts: its settled facts, its ledger with its findings, its findings again. */
export type Derivation = 'settle' | 'share' | 'find'

/**
 * Each reads, and then writes what differs. None reads what it has written itself, or undoes what it has not read, so that its writes may be
 * made later and in pieces. The caller holds the transaction.
 */
export const derivers: Readonly<Record<Derivation, (db: Db) => (sessionId: string) => void>> = {
  settle: settler,
  share(db) {
    const writeShares = turnShareWriter(db)
    const findings = findingKeeper(db)
    return (sessionId) => {
      const loaded = writeShares(sessionId)
      if (loaded !== null) findings.write(loaded)
    }
  },
  find(db) {
    const findings = findingKeeper(db)
    return (sessionId) => {
      findings.find(sessionId)
    }
  },
}
