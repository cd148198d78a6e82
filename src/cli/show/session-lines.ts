import type { CommandResults } from '../../contract/commands.ts'
import { sessionName } from '../../contract/session-name.ts'
import {
  differenceWords,
  isUntimed,
  plural,
  shortDuration,
  untimedWords,
  witnessWords,
} from '../../contract/short-words.ts'
import { contextLine, findingLines } from '../finding-lines.ts'
import { styled, textOf, wrapped, type Line } from '../text/line.ts'
import type { Screen } from '../text/screen.ts'
import { costWords, momentWords, stateWords, tokenWords } from '../text/words.ts'
import { ledgerLines } from './ledger-lines.ts'
import { waterfallLines, type Unfolded } from './waterfall-lines.ts'

type Shown = CommandResults['show']

/** A session on a page: verdict, where the time went, findings, waterfall, cost. */
export function sessionPage(shown: Shown, unfolded: Unfolded, screen: Screen, nowMs: number): Line[] {
  const { ledger, findings } = shown
  return [
    ...headLines(shown, screen, nowMs),
    ...apart(ledgerLines(ledger, screen)),
    [],
    ...findingLines(findings, screen),
    ...apart(waterfallLines(shown, unfolded, screen)),
    ...apart(costLines(shown, screen)),
  ]
}

/** What it is, and its verdict. */
export function headLines(
  { session, differenceList, copiedIn, findings }: Shown,
  screen: Screen,
  nowMs: number,
): Line[] {
  const { id, state, model, effort, folder, branch, startedAtMs, wallMs, busyMs } = session
  const place = folder === null ? [] : [branch === null ? folder : `${folder} (${branch})`]
  const facts = [
    textOf(stateWords(state)),
    ...(model === null ? [] : [effort === null ? model : `${model} ${effort}`]),
    momentWords(startedAtMs, nowMs),
    isUntimed(wallMs) ? untimedWords : `${shortDuration(wallMs)}, worked ${shortDuration(busyMs)}`,
    ...place,
    witnessWords({ ...session, copiedIn }),
  ]
  return [
    ...wrapped(sessionName(session), screen, '', 'bold'),
    [styled('dim', id)],
    ...wrapped(facts.join(' · '), screen, '', 'dim'),
    ...differenceList.flatMap((one) => wrapped(differenceWords(one), screen, '', 'dim')),
    [],
    ...wrapped(findings.verdict ?? 'Nothing is known yet of the time inside turns.', screen),
  ]
}

export function costLines({ session, copiedIn, findings }: Shown, screen: Screen): Line[] {
  const { witness, apiCalls, toolCalls, failedToolCalls, tokens } = session
  const failed = failedToolCalls === 0 ? '' : ` (${String(failedToolCalls)} failed)`
  // Of a copy alone they are not known.
  const tools = copiedIn !== undefined && witness === 'file' ? [] : [`${plural(toolCalls, 'tool call')}${failed}`]
  const words = [`Cost ${costWords(session)}`, plural(apiCalls, 'model call'), ...tools, tokenWords(tokens)].join(' · ')
  return [...wrapped(words, screen), ...contextLine(findings)]
}

const apart = (lines: readonly Line[]): Line[] => (lines.length === 0 ? [] : [[], ...lines])
