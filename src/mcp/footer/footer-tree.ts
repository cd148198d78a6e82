import { visible } from '../../contract/visible.ts'
import type { FooterFigures } from '../../engine/reading/footer-figures.ts'
import { isPassed } from '../../model/alerts/budget.ts'
import { usd } from '../../model/pricing/money.ts'
import { withoutSecrets } from '../content.ts'

/** Of the elements that Codex draws, the two that are used here. */
export type FooterTree = {
  readonly type: 'row'
  readonly props: { readonly gap: number; readonly wrap: 'wrap' }
  readonly children: readonly Text[]
} | null

interface Text {
  readonly type: 'text'
  readonly props: { readonly color: Color }
  readonly children: readonly [string]
}

type Color = 'status-usage' | 'status-limit' | 'status-state' | 'status-metadata' | 'yellow' | 'red'

export interface FooterItem {
  readonly text: string
  readonly color: Color
}

const longestFinding = 90

/**
 * What a footer says, what matters most first: Codex does not tell how wide it is, and puts what has no room into a further line. `contextPercent`: null where nobody knows it.
 */
export function footerItems(
  figures: FooterFigures | 'unknown' | 'missing',
  contextPercent: number | null,
): FooterItem[] {
  const context: FooterItem[] =
    contextPercent === null ? [] : [{ text: `context ${whole(contextPercent)} %`, color: 'status-metadata' }]
  if (figures === 'unknown') return context
  if (figures === 'missing') return [{ text: 'Colophon hears nothing of this session', color: 'yellow' }, ...context]
  const { costUsd, dayUsd, dayBudgetUsd, waitShare, cachedShare, finding } = figures
  const isOver = dayBudgetUsd !== null && dayUsd !== null && isPassed(dayUsd, dayBudgetUsd)
  const items: (FooterItem | null)[] = [
    costUsd === null ? null : { text: usd(costUsd), color: 'status-usage' },
    dayUsd === null
      ? null
      : {
          text: `today ${usd(dayUsd)}${dayBudgetUsd === null ? '' : ` of ${usd(dayBudgetUsd)}`}`,
          color: isOver ? 'red' : 'status-limit',
        },
    waitShare === null ? null : { text: `waiting for you ${percent(waitShare)}`, color: 'status-state' },
    cachedShare === null ? null : { text: `cached ${percent(cachedShare)}`, color: 'status-metadata' },
    ...context,
    finding === null ? null : { text: shortened(finding), color: 'yellow' },
  ]
  return items.filter((item) => item !== null)
}

export function footerTree(items: readonly FooterItem[]): FooterTree {
  if (items.length === 0) return null
  return {
    type: 'row',
    props: { gap: 2, wrap: 'wrap' },
    children: items.map(({ text, color }) => ({ type: 'text', props: { color }, children: [text] })),
  }
}

function shortened(finding: string): string {
  const line = visible(withoutSecrets(finding))
  return line.length > longestFinding ? `${line.slice(0, longestFinding - 1)}…` : line
}

function percent(share: number): string {
  return `${whole(share * 100)} %`
}

function whole(value: number): string {
  return String(Math.round(value))
}
