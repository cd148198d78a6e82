import type { CommandResults } from '../../contract/commands.ts'
import { limitList } from '../queries/limits.ts'
import type { Db } from '../store/database.ts'
import type { Range } from './spending.ts'

/** How full the windows of the usage limits are, and what moved them in a range, at one moment of the database. */
export function limitsIn(db: Db, range: Range): CommandResults['limits'] {
  return db.transaction(() => limitList(db, range))()
}
