import { storesEverything } from '../../../contract/settings.ts'
import type { FoundWords, WordsParams } from '../../../contract/words.ts'
import type { Db } from '../../store/database.ts'
import { readSettings } from '../../store/settings.ts'
import { openWordsForReading } from '../../store/words-file.ts'
import { quotingOf } from '../conversation/quoting.ts'
import { longestText } from './entry-words.ts'
import { wordFinder } from './find-words.ts'
import { namedHits } from './named-hits.ts'

export interface AskedWords {
  /** The store, read. */
  readonly db: Db
  readonly dataDir: string
}

/** Asks the index of words beside the one who keeps it, as far as it is; `off` where the user has not said yes to one. */
export async function askWords({ db, dataDir }: AskedWords, params: WordsParams): Promise<FoundWords> {
  const { privacy = storesEverything, history } = readSettings(db)
  const index = history?.words === true ? openWordsForReading(dataDir, JSON.stringify(privacy)) : null
  if (index === null) return { state: 'off', hits: [], before: null }
  try {
    const { hits, before } = await wordFinder(index).find(params, quotingOf(db, longestText, 0))
    return { state: 'ready', hits: namedHits(db, hits), before }
  } finally {
    index.close()
  }
}
