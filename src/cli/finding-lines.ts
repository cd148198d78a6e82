import type { CommandResults } from '../contract/commands.ts'
import { plural } from '../contract/short-words.ts'
import { fixWords } from './fix-words.ts'
import { wrapped, type Line } from './text/line.ts'
import type { Screen } from './text/screen.ts'
import { percentWords } from './text/words.ts'

type Findings = CommandResults['show']['findings']

/** Each with what would help; one sentence where there is none. */
export function findingLines({ findings }: Pick<Findings, 'findings'>, screen: Screen): Line[] {
  if (findings.length === 0) return wrapped('No findings: nothing would have saved time or money.', screen)
  return findings.flatMap(({ title, fix, dismissed }, i) => [
    ...(i === 0 ? [] : [[]]),
    ...wrapped(`${title}${dismissed ? ' (you said: not a problem)' : ''}`, screen, '- ', dismissed ? 'dim' : 'bold'),
    ...(fix === null ? [] : wrapped(fixWords(fix), screen, '  ')),
  ])
}

export function contextLine({ context }: Pick<Findings, 'context'>): Line[] {
  const last = context?.fills.at(-1)
  if (last === undefined) return []
  const left = context?.callsLeft ?? null
  const words = `Context: ${percentWords(last.share * 100)} full`
  return [[left === null ? words : `${words}, about ${plural(left, 'call')} left`]]
}
