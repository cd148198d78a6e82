import { diskTrouble } from './disk-trouble.ts'

const told = new Set<string>()

/**
 * What could not be done, for the log. A disk that takes nothing fails whatever is tried, several times a second, and what is wrong with it
 * is one sentence: that is said once, and where a program is at fault each time, with the place.
 */
export function logFailure(what: string, error: unknown): void {
  const trouble = diskTrouble(error)
  if (trouble === null) {
    console.error(`colophon: ${what}:`, error)
    return
  }
  const line = `colophon: ${what}: ${trouble}`
  if (!told.has(line)) console.error(line)
  told.add(line)
}
