/** For hosts: amounts, times and counts as the product writes them everywhere. */
export { plural, shortCount, shortDuration, untimedWords } from '../model/tree/words.ts'
export { usd } from '../model/pricing/money.ts'
export { isUntimed } from '../model/session/untimed.ts'
export { differenceWords, witnessWords } from '../model/session/witness-words.ts'
export { shareNames } from '../model/ledger/share-names.ts'
