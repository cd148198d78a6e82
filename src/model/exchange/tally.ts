import type { RedactionKind, Tally } from './redaction.ts'
import { replaceSecrets } from './secrets.ts'

export interface RedactionSample {
  readonly kind: RedactionKind
  readonly before: string
  readonly after: string
}

export interface CountingTally extends Tally {
  readonly counts: Record<RedactionKind, number>
  readonly samples: RedactionSample[]
}

const longestSample = 160

/** Counts by kind and keeps `perKind` different examples of each, no secret of which can be read. */
export function countingTally(perKind: number): CountingTally {
  const counts = { prompts: 0, arguments: 0, output: 0, paths: 0, email: 0, secrets: 0 }
  const samples: RedactionSample[] = []
  const seen = new Set<string>()
  const kept = { ...counts }
  return {
    counts,
    samples,
    note(kind, before, after) {
      counts[kind]++
      if (kept[kind] >= perKind) return
      const shown = kind === 'secrets' ? masked(before) : shorten(replaceSecrets(before, () => undefined))
      const key = `${kind}\n${shown}`
      if (seen.has(key)) return
      seen.add(key)
      kept[kind]++
      samples.push({ kind, before: shown, after: shorten(after) })
    },
  }
}

export const noTally: Tally = { note: () => undefined }

/** Enough to recognise whose key it is, too little to use it. */
function masked(secret: string): string {
  const shown = secret.length >= 20 ? secret.slice(0, 4) : ''
  return `${shown}••• (${secret.length} characters)`
}

function shorten(text: string): string {
  const line = text
    .slice(0, longestSample * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > longestSample ? `${line.slice(0, longestSample - 1)}…` : line
}
