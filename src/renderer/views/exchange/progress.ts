import type { ExportProgress } from '../../../contract/exchange.ts'
import { bytes, counted, exact } from '../../format/number.ts'

/** How far a file is on its way from the session to this page. */
export interface FileProgress {
  readonly progress: ExportProgress
  /** Something is taken out before it is written. */
  readonly redacts: boolean
  /** Of its bytes, once it is written. */
  readonly fetched: number | null
}

/** Fetching what is written takes about a tenth of the time. */
const writingShare = 0.9

/** Between 0 and 1; what is redacted is read twice. */
export function shareOf({ progress, redacts, fetched }: FileProgress): number {
  if (fetched !== null) return writingShare + (1 - writingShare) * ratio(fetched, progress.bytes)
  const { phase, recordsDone, records } = progress
  if (phase === 'reading') return 0
  const done = ratio(recordsDone, records)
  if (!redacts) return writingShare * done
  return (writingShare * (done + (phase === 'writing' ? 1 : 0))) / 2
}

export function wordsOf({ progress, fetched }: FileProgress): string {
  const { phase, recordsDone, records, bytes: size } = progress
  if (fetched !== null) return `fetching, ${bytes(fetched)} of ${bytes(size)}`
  if (phase === 'reading') return 'reading the session'
  const of = records === 0 ? '' : `, ${exact(recordsDone)} of ${counted(records, 'record')}`
  return phase === 'redacting' ? `taking out${of}` : `writing${of}, ${bytes(size)}`
}

function ratio(done: number, of: number): number {
  return of === 0 ? 0 : Math.min(1, done / of)
}
