import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { keepsEverything } from '../../contract/settings.ts'
import type { StoreState } from '../../contract/store.ts'
import { backupJob } from './backup-job.ts'
import { canCompactInSteps, compactJob, compactWholeJob } from './compact.ts'
import type { Db } from './database.ts'
import { deleteAllJob } from './delete-all.ts'
import type { Job, Jobs } from './jobs.ts'
import { boundsOf } from './prune.ts'
import { pruneJob } from './prune-job.ts'
import { removeJob } from './remove-job.ts'
import { rebuildJob } from './rebuild-job.ts'
import { readSettings } from './settings.ts'
import type { Writer } from './writer.ts'

export type StoreProcedure =
  | 'facts.rebuild'
  | 'retention.prune'
  | 'retention.state'
  | 'store.compact'
  | 'store.backup'
  | 'store.cancel'
  | 'store.deleteAll'
  | 'session.remove'
  | 'removed.forget'

type Handlers = {
  [K in StoreProcedure]: (params: ParsedParams<K>) => Value<K> | Promise<Value<K>>
}

export interface StoreKeeper {
  readonly handlers: Handlers
  /** Begins to prune where the settings ask for it and nothing else is under way. */
  pruneWhatIsDue(): void
}

/** What is due is counted this often at most: every page that shows it asks. */
const countEveryMs = 10_000

/** The long works of the store, and what the settings say of them. */
export function storeKeeper(db: Db, writer: Writer, jobs: Jobs): StoreKeeper {
  const hasMark = db
    .prepare<[], number>("SELECT EXISTS (SELECT 1 FROM setting WHERE key IN ('rebuild.running', 'import.running'))")
    .pluck()
  const oldest = db.prepare<[], number | null>('SELECT min(received_ms) FROM body').pluck()
  let counted: { readonly atMs: number; readonly key: string; readonly due: StoreState['due'] } | null = null

  const isElsewhere = (): boolean => hasMark.get() === 1
  const bounds = (): ReturnType<typeof boundsOf> => boundsOf(readSettings(db).retention ?? keepsEverything, Date.now())

  function refuseMeanwhile(): void {
    if (isElsewhere())
      throw new ProcedureError('unavailable', 'an import or a rebuild is running; try again when it is done')
  }

  function due(): StoreState['due'] {
    const key = JSON.stringify(readSettings(db).retention)
    const isFresh = counted !== null && counted.key === key && Date.now() - counted.atMs < countEveryMs
    if (counted === null || (!isFresh && jobs.isIdle)) {
      counted = { atMs: Date.now(), key, due: writer.pruning.due(bounds()) }
    }
    return counted.due
  }

  /** In bytes. The file itself follows its log a moment later. */
  const pages = (of: 'page_count' | 'freelist_count'): number =>
    (db.pragma(of, { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number)

  function state(): StoreState {
    return {
      ...jobs.state(),
      fileBytes: pages('page_count'),
      freeBytes: pages('freelist_count'),
      compaction: canCompactInSteps(db) ? 'steps' : 'whole',
      oldestRawMs: oldest.get() ?? null,
      due: due(),
    }
  }

  /** How it ends stands in the state. */
  function begin(job: Job): StoreState {
    jobs.run(job).catch(() => undefined)
    counted = null
    return state()
  }

  const prune = (): StoreState => begin(pruneJob(db, writer.pruning, bounds(), () => writer.forgetIds()))

  const remove = (): Job => removeJob(db, writer.removal, () => writer.forgetIds())

  return {
    handlers: {
      'facts.rebuild': async () => {
        refuseMeanwhile()
        const job = rebuildJob(db, writer)
        await jobs.run(job)
        return { bodies: job.bodies() }
      },
      'retention.prune': () => {
        refuseMeanwhile()
        return prune()
      },
      'retention.state': state,
      'store.compact': ({ whole }) => {
        if (canCompactInSteps(db)) return begin(compactJob(db))
        if (whole) return begin(compactWholeJob(db))
        throw new ProcedureError(
          'bad_request',
          'this database was made by an earlier version: it must be rewritten once, during which nothing is received',
        )
      },
      'store.backup': ({ path }) => begin(backupJob(db, path)),
      'store.cancel': () => {
        jobs.cancel()
        return state()
      },
      'session.remove': async ({ id }) => {
        refuseMeanwhile()
        const ids = writer.removal.begin(id)
        await jobs.run(remove())
        counted = null
        return { helpers: ids.length - 1 }
      },
      'removed.forget': ({ id }) => {
        // What the deletion still finds is what is stored, also of those that come again.
        if (writer.removal.isLeft())
          throw new ProcedureError('unavailable', 'a session is being deleted; try again when it is done')
        writer.removal.forget(id)
        return {}
      },
      'store.deleteAll': async () => {
        refuseMeanwhile()
        await jobs.run(deleteAllJob(db, () => writer.forget()))
        counted = null
        return state()
      },
    },
    pruneWhatIsDue() {
      if (!jobs.isIdle || isElsewhere()) return
      // What a deletion that was cut off has left.
      if (writer.removal.isLeft()) {
        jobs.run(remove()).catch(() => undefined)
        return
      }
      const { bodies, sessions, overBytes } = writer.pruning.due(bounds())
      if (bodies + sessions + overBytes > 0) prune()
    },
  }
}
