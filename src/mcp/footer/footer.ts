import type { FooterFigures, FooterReader } from '../../engine/reading/footer-figures.ts'
import { footerItems, footerTree, type FooterTree } from './footer-tree.ts'
import type { ShownThread } from './snapshot.ts'

/** Codex sends what it has every few seconds: before that nothing can be missing. */
const dueAfterMs = 15_000
/** Also without anything new: days end, and what is open goes on. */
const atLeastEveryMs = 30_000
/** Figures of a session that take long are looked up less often: of the time, they may have so much. */
const mostOfTheTime = 0.2
/** Of threads that were shown; the others are looked up anew. */
const mostKept = 20

interface Kept {
  figures: FooterFigures | null
  version: number
  atMs: number
  tookMs: number
  /** Since when something of it is due that is not there. */
  dueSinceMs: number | null
}

export interface Footer {
  /** At once, from what is known; then looks for what is new, so that the next read has it. */
  readonly read: (thread: ShownThread, nowMs: number) => FooterTree
}

/**
 * Codex reads about once a second, gives a read one second, and ends the polling with the first that fails. So a read never waits for the
 * store: it answers with what the last one left behind, at most a read old. `later` runs work once the answer is on its way.
 */
export function createFooter(reader: () => FooterReader | null, later: (work: () => void) => void): Footer {
  const kept = new Map<string, Kept>()

  function look(id: string, nowMs: number): void {
    const from = reader()
    const known = kept.get(id)
    if (from === null || known === undefined) return
    const version = from.version()
    const isNew = version !== known.version || nowMs - known.atMs > atLeastEveryMs
    if (!isNew || nowMs - known.atMs < known.tookMs / mostOfTheTime) return
    const begun = performance.now()
    const figures = from.figures(id, nowMs)
    kept.set(id, { ...known, figures, version, atMs: nowMs, tookMs: performance.now() - begun })
  }

  return {
    read({ id, contextPercent, hasUsed }, nowMs) {
      const known = kept.get(id) ?? { figures: null, version: -1, atMs: -Infinity, tookMs: 0, dueSinceMs: null }
      const isDue = hasUsed && known.figures === null
      const now: Kept = { ...known, dueSinceMs: isDue ? (known.dueSinceMs ?? nowMs) : null }
      kept.delete(id)
      kept.set(id, now)
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      later(() => {
        look(id, nowMs)
      })
      const isMissing = now.dueSinceMs !== null && nowMs - now.dueSinceMs >= dueAfterMs
      return footerTree(footerItems(now.figures ?? (isMissing ? 'missing' : 'unknown'), contextPercent))
    },
  }
}
