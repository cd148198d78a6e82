import { newestSchema } from '../../engine/store/database.ts'

/** One more whenever the same records yield other facts and no migration says so: facts of before are then made again. */
const changesWithoutMigration = 1

/** Of the code that makes facts; facts of an older one are made again of the records that are still there. */
export function factsVersion(): number {
  return newestSchema() + changesWithoutMigration
}
