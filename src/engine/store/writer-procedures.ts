import { deserialize } from 'node:v8'
import { noHistory, type HistorySettings } from '../../contract/history.ts'
import type { AlertKeeper } from '../alerts/keeper.ts'
import type { Importer } from '../exchange/importer.ts'
import type { ParsedParams, ProcedureName, Value } from '../../contract/index.ts'
import { findingHandlers, type FindingProcedure } from '../findings/procedures.ts'
import { priceHandlers } from '../pricing/procedures.ts'
import type { Progress } from '../forwarding/cursors.ts'
import { homeNamed } from '../history/codex-home.ts'
import { historyStore } from '../history/history-store.ts'
import type { HistoryBatch } from '../history/read-homes.ts'
import type { Db } from './database.ts'
import type { WorkerOptions } from './messages.ts'
import { readSettings, writeSettings } from './settings.ts'
import type { StoreKeeper, StoreProcedure } from './store-procedures.ts'
import { userMarks } from './user-marks.ts'
import type { Writer } from './writer.ts'

type Handlers<N extends ProcedureName> = { [K in N]: (params: ParsedParams<K>) => Value<K> | Promise<Value<K>> }

/** The procedures that write. */
export type WriterProcedure =
  | 'sample.open'
  | 'sample.remove'
  | 'session.mark'
  | StoreProcedure
  | 'settings.write'
  | 'import.files'
  | 'import.paths'
  | 'import.progress'
  | 'import.cancel'
  | 'import.takeBack'
  | 'prices.override'
  | 'prices.forget'
  | 'prices.keep'
  | 'prices.restore'
  | 'prices.recompute'
  | 'alert.seen'
  | 'alert.saveRule'
  | 'alert.removeRule'
  | FindingProcedure
  | 'forward.save'
  | 'forward.remove'
  | 'forward.bound'

export function writerProcedures(
  db: Db,
  writer: Writer,
  importer: Importer,
  alerts: AlertKeeper,
  keeper: StoreKeeper,
  { sampleDir }: WorkerOptions,
): Record<string, ((params: unknown) => unknown) | undefined> {
  const history = historyStore(db, writer.tombstones)
  const marks = userMarks(db)
  const handlers: Handlers<WriterProcedure> = {
    // What reads Codex's files is loaded for it; most writers never need it.
    'sample.open': async () => ({ sessionId: (await import('./sample.ts')).openSample(db, writer, sampleDir) }),
    'sample.remove': async () => {
      const { removeSample } = await import('./sample.ts')
      removeSample(db, writer)
      return {}
    },
    'session.mark': (params) => {
      const said = marks.mark(params)
      if (params.starred !== undefined) writer.pruning.starsChanged()
      return said
    },
    ...keeper.handlers,
    'settings.write': ({ theme, dashboards, retention, privacy, history }) => {
      const known = readSettings(db)
      const arranged = { ...known.dashboards, ...dashboards }
      const settings = {
        ...known,
        theme: theme ?? known.theme,
        ...(Object.keys(arranged).length === 0 ? {} : { dashboards: arranged }),
        ...(retention === undefined ? {} : { retention }),
        ...(privacy === undefined ? {} : { privacy }),
        ...(history === undefined ? {} : { history: { ...history, homes: homesOf(history, known.history) } }),
      }
      writeSettings(db, settings)
      if (privacy !== undefined) writer.setPrivacy(privacy)
      return settings
    },
    'import.files': ({ files, intoReceived }) => importer.files(files, intoReceived),
    'import.paths': ({ paths, intoReceived }) => importer.paths(paths, intoReceived),
    'import.progress': () => importer.progress(),
    'import.cancel': async () => {
      await importer.cancel()
      return {}
    },
    'import.takeBack': async ({ id }) => {
      await importer.takeBack(id)
      return {}
    },
    ...priceHandlers(db),
    ...findingHandlers(db),
    'alert.seen': () => {
      alerts.markSeen()
      return {}
    },
    'alert.saveRule': (rule) => {
      alerts.save(rule)
      return {}
    },
    'alert.removeRule': ({ id }) => {
      alerts.remove(id)
      return {}
    },
    'forward.save': (draft) => writer.forwarding.save(draft),
    'forward.remove': ({ id }) => {
      writer.forwarding.remove(id)
      return {}
    },
    'forward.bound': (bound) => {
      writer.forwarding.setBound(bound)
      return {}
    },
  }
  return {
    // Params were parsed by dispatch, on the host's thread, or made there.
    ...(handlers as unknown as Record<string, (params: unknown) => unknown>),
    // Of the engine itself; dispatch knows no such names.
    'forward.advance': (progress) => {
      writer.forwarding.advance(progress as Progress)
    },
    'history.write': (packed) => {
      history.write(deserialize(packed as Uint8Array) as HistoryBatch)
    },
    'history.forgetSome': () => history.forgetSome(),
    'forward.trim': (params) => {
      writer.forwarding.trim((params as { nowMs: number }).nowMs)
    },
  }
}

/** Each once, and as the system finds them; those that were there before stay as they are. */
function homesOf({ homes }: HistorySettings, { homes: before } = noHistory): string[] {
  return [...new Set(homes.map((home) => (before.includes(home) ? home : homeNamed(home))))]
}
