import { z } from 'zod'
import type { SessionFinding } from '../contract/findings.ts'
import { confidence, findingKind, type FindingFix } from '../model/findings/finding.ts'
import type { Content } from './content.ts'
import { isoOf } from './moments.ts'
import { roundedUsd } from './session-shape.ts'

/** One cause of lost time or money, as it is told wherever findings are. */
export const findingShape = z.object({
  kind: findingKind,
  title: z.string(),
  lostMs: z.number(),
  lostUsd: z.number().nullable(),
  confidence: confidence.describe('bound: so much at most'),
  times: z.number().int(),
  firstAt: z.string(),
  rowIds: z.array(z.string()).describe('rows that it is worked out from, for show_row; the first ten'),
  help: z.string().nullable().describe('what would help'),
  dismissed: z.boolean().describe('the user said that it is no problem'),
})

const mostRows = 10

export function findingWords(finding: SessionFinding, content: Content): z.output<typeof findingShape> {
  const { kind, lostMs, lostUsd, times, atMs, rowIds, fix, dismissed } = finding
  return {
    kind,
    title: content.sentence(finding.title, [kind]),
    lostMs: Math.round(lostMs),
    lostUsd: roundedUsd(lostUsd),
    confidence: finding.confidence,
    times,
    firstAt: isoOf(atMs),
    rowIds: rowIds.slice(0, mostRows),
    help: fix === null ? null : helpWords(fix, kind, content),
    dismissed,
  }
}

function helpWords(fix: FindingFix, kind: SessionFinding['kind'], content: Content): string {
  switch (fix.type) {
    case 'hint':
      return content.sentence(fix.text, [kind])
    case 'config': {
      const lines = fix.changes.map(
        ({ path, value, adds }) =>
          `${path.join('.')} ${adds ? '+=' : '='} ${Array.isArray(value) ? content.text('arguments', JSON.stringify(value)) : JSON.stringify(value)}`,
      )
      return `In config.toml: ${lines.join(', ')}. ${content.sentence(fix.why, [kind])}`
    }
    case 'rule':
      return `A rule for commands that begin with ${content.text('arguments', JSON.stringify(fix.prefix))} would let them run unasked; Colophon writes it from its Findings.`
  }
}
