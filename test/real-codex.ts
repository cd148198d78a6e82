import { findCodex } from '../src/engine/config/fixes/find-codex.ts'

/** The real Codex where there is one: named by the variable, or installed. Where there is none, says what goes untested. */
export function realCodex(untested: string): string | null {
  // A variable that is set to nothing names none.
  const codex = process.env.COLOPHON_CODEX || findCodex()
  if (codex === null) console.warn(`No codex was found: ${untested} is NOT tested here. Name one in COLOPHON_CODEX.`)
  return codex
}
