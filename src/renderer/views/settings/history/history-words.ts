import type { HistoryProgress, HistoryStatus } from '../../../../contract/history.ts'
import { duration } from '../../../format/duration.ts'
import { bytes, counted, exact } from '../../../format/number.ts'
import { day } from '../../../format/time.ts'

/** `1,243 sessions files since 3 May (2.1 GB)`; null where there are none. */
export function foundWords({ found }: Pick<HistoryStatus, 'found'>): string | null {
  const files = found.reduce((sum, home) => sum + home.files, 0)
  if (files === 0) return null
  const since = found.flatMap(({ sinceMs }) => (sinceMs === null ? [] : [sinceMs]))
  const size = found.reduce((sum, home) => sum + home.bytes, 0)
  const from =
    since.length === 0
      ? ''
      : ` since ${day(Math.min(...since), Date.now()).replace(/^(?:Today|Yesterday)/, (word) => word.toLowerCase())}`
  return `${counted(files, 'session file')}${from} (${bytes(size)})`
}

/** What the index of words is, or would be. */
export function indexWords(index: HistoryStatus['index']): string {
  if (index === null)
    return 'Covers prompts, replies, changed files, and commands with the first 16,384 characters that each printed; about a tenth the size of these texts, which are not copied. Switching it off deletes it.'
  const { files, filesDone, textBytes, bytes: size } = index
  const done = filesDone < files ? `${exact(filesDone)} of ${counted(files, 'file')} so far` : counted(files, 'file')
  return `${done}: ${bytes(size)} for ${bytes(textBytes)} of text. Switching it off deletes it.`
}

/** `120 of 1,243 files · 0.4 of 2.1 GB · 210 MB/s · 8 s left` */
export function progressWords({ files, filesDone, bytes: all, bytesDone, seconds }: HistoryProgress): string {
  const rate = seconds > 0 ? bytesDone / seconds : 0
  const left = rate > 0 ? ` · ${bytes(rate)}/s · ${duration((1000 * (all - bytesDone)) / rate)} left` : ''
  return `${filesDone} of ${counted(files, 'file')} · ${bytes(bytesDone)} of ${bytes(all)}${left}`
}
