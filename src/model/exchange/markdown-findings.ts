import type { Finding } from '../findings/finding.ts'

/** What a session's findings come to in a summary. */
export interface Explained {
  readonly verdict: string | null
  readonly findings: readonly Pick<Finding, 'title' | 'fix'>[]
}

/** Titles are the product's own words around names in backticks, which Markdown leaves as they are. */
export function findingLines({ verdict, findings }: Explained): string[] {
  if (verdict === null && findings.length === 0) return []
  return [
    '## Findings',
    '',
    ...(verdict === null ? [] : [verdict, '']),
    ...findings.map(({ title, fix }) => `- ${title}${fix?.type === 'hint' ? `. ${fix.text}` : ''}`),
    ...(findings.length === 0 ? [] : ['']),
  ]
}
