import { storesEverything } from '../../../contract/settings.ts'
import type { Quoting } from '../../../model/codex/conversation/quote.ts'
import { textRedactor } from '../../../model/exchange/redact-text.ts'
import { noTally } from '../../../model/exchange/tally.ts'
import type { ContentRedaction } from '../../../model/genai/content-words.ts'
import type { Db } from '../../store/database.ts'
import { readSettings } from '../../store/settings.ts'

const maskEmails = textRedactor(new Set(['email']), [], noTally)

/** What the privacy switches leave out of records is left out here as well. */
export function quotingOf(db: Db, longest: number, longestImage: number): Quoting {
  const { dropPrompts, dropArguments, dropOutputs, maskEmail } = readSettings(db).privacy ?? storesEverything
  const leavesOut = new Set<ContentRedaction>()
  if (dropPrompts) leavesOut.add('prompts')
  if (dropArguments) leavesOut.add('arguments')
  if (dropOutputs) leavesOut.add('output')
  return { longest, longestImage, leavesOut, edit: maskEmail ? (text) => maskEmails(text, true) : (text) => text }
}
