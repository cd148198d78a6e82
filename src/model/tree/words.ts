/** Short words for rows. The exact values are in the row's details. */

export function shortCount(value: number): string {
  if (value < 1000) return String(value)
  if (value < 100_000) return `${(value / 1000).toFixed(1)}k`
  if (value < 1_000_000) return `${Math.round(value / 1000)}k`
  return `${(value / 1_000_000).toFixed(1)}M`
}

export function shortDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`
}

/** What the note of a row begins with of which nothing tells how long it took. */
export const untimedWords = 'duration not known'

const pad = (value: number): string => String(value).padStart(2, '0')

export function joined(parts: readonly (string | null | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ')
}

export function plural(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one.replace(/(?<=[^aeiou])y$/, 'ie')}s`
}
