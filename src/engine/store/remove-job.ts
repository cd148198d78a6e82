import { ProcedureError } from '../../contract/result.ts'
import type { Signal } from '../../model/signal.ts'
import { rolloutWriter } from '../history/rollout-writer.ts'
import { decompress } from './compression.ts'
import type { Db } from './database.ts'
import type { Ingester } from './ingest.ts'
import type { Job } from './jobs.ts'
import { origins, type Origin } from './origins.ts'
import { bodyRemover, type BodyToRemove } from './remove-body.ts'
import { sessionRemover } from './remove-session.ts'
import { sessionBodies } from './session-bodies.ts'
import { signalsByNumber } from './signal-numbers.ts'
import { stepsOf } from './steps-of.ts'
import type { Tombstones } from './tombstones.ts'

interface StoredBody extends BodyToRemove {
  readonly origin: number
  readonly receivedMs: number
}

export interface Removal {
  /** From here on the session and its helpers are refused; which these are. */
  begin(id: string): readonly string[]
  /** Whether something is begun and not done. */
  isLeft(): boolean
  /** From here on its records are taken again, and its session files are read anew. */
  forget(id: string): void
  /** Takes away what is stored of all that are begun, a body or a session after each `next`. */
  run(): Generator<void, void>
}

/** Deletes single sessions with their helpers. A body that tells of others, too, is stored again without their records. */
export function sessionRemoval(db: Db, ingest: Ingester, tombs: Tombstones): Removal {
  const top = db.prepare<[string], { parentId: string | null; sample: number }>(
    'SELECT parent_id AS parentId, sample FROM session WHERE id = ?',
  )
  const family = db
    .prepare<[string], string>(
      `WITH RECURSIVE family (id) AS (SELECT ? UNION SELECT below.id FROM family JOIN session AS below ON below.parent_id = family.id)
       SELECT id FROM family`,
    )
    .pluck()
  const begun = db.prepare<[], string>('SELECT session_id FROM removed_session WHERE done = 0').pluck()
  const finish = db.prepare('UPDATE removed_session SET done = 1 WHERE session_id = ?')
  const bodies = sessionBodies(db, 'removed_body')
  const nextBody = db.prepare<[], StoredBody>(
    `SELECT id, signal, codec, size, bytes, origin, received_ms AS receivedMs
     FROM body JOIN temp.removed_body ON removed_body.body = body.id LIMIT 1`,
  )
  const dropBody = db.prepare('DELETE FROM temp.removed_body WHERE body = ?')
  const keepQueued = [
    `INSERT INTO forward_original (seq, json, codec, bytes)
       SELECT seq, 0, body.codec, body.bytes FROM forward_queue JOIN body ON body.id = forward_queue.body WHERE forward_queue.body = ?`,
    'UPDATE forward_queue SET body = NULL WHERE body = ?',
  ].map((sql) => db.prepare(sql))
  // An import ends with the last of its bodies, and this one comes back: no body has a negative id.
  const keepPlace = db.prepare('UPDATE import_body SET body = -body WHERE body = ?')
  const takePlace = db.prepare('UPDATE import_body SET body = ? WHERE body = ?')
  const leavePlace = db.prepare('DELETE FROM import_body WHERE body = ?')
  // What it told of others is stored again at once, so that nothing of them is pruned.
  const removeBody = bodyRemover(db, { pruned: false })
  const remover = sessionRemover(db)
  const forgetMore = [
    ...['user_mark', 'user_tag', 'import_mark', 'import_session'].map(
      (table) => `DELETE FROM ${table} WHERE session_id = ?`,
    ),
    "DELETE FROM alert WHERE cause ->> '$.sessionId' = ?",
  ].map((sql) => db.prepare(sql))
  const files = db.prepare<[string], string>('SELECT rollout_id FROM rollout_file WHERE thread_id = ?').pluck()
  const filesOfRemoved = db
    .prepare<[string], string>(
      'SELECT rollout_id FROM rollout_file WHERE thread_id IN (SELECT session_id FROM removed_session WHERE of_id = ?)',
    )
    .pluck()
  const rollouts = rolloutWriter(db)

  /** In one piece, so that its records are never there half. */
  function withoutRemoved(body: StoredBody): void {
    const { id, signal, codec, bytes, size } = body
    const kind = signalOf(signal)
    const whole = decompress(codec, bytes, size)
    const left = tombs.without(kind, whole, false)
    if (left === whole) return
    for (const statement of keepQueued) statement.run(id)
    keepPlace.run(id)
    Array.from(removeBody(body))
    ingest.forget()
    const stored = left === null ? null : ingest.store(kind, left, originOf(body.origin), body.receivedMs)
    if (stored !== null && stored.body !== null) takePlace.run(stored.body, -id)
    leavePlace.run(-id)
  }

  return {
    begin(id) {
      const found = top.get(id)
      if (found === undefined) throw new ProcedureError('not_found', `no session ${id}`)
      if (found.sample === 1) throw new ProcedureError('bad_request', 'the sample is removed with “Remove the sample”')
      if (found.parentId !== null && top.get(found.parentId) !== undefined)
        throw new ProcedureError('bad_request', 'a helper is deleted with the session that it belongs to')
      const ids = family.all(id)
      db.transaction(() => {
        tombs.add(ids)
      }).immediate()
      return ids
    },
    isLeft: () => begun.get() !== undefined,
    forget(id) {
      db.transaction(() => {
        for (const file of filesOfRemoved.all(id)) rollouts.takeBack(file)
        tombs.forget(id)
      }).immediate()
    },
    *run() {
      const ids = begun.all()
      bodies.clear()
      for (const id of ids) yield* bodies.add(id)
      for (let body = nextBody.get(); body !== undefined; body = nextBody.get()) {
        withoutRemoved(body)
        dropBody.run(body.id)
        yield
      }
      for (const id of ids) {
        // Words that were indexed go with the file; how far it is read is known again when it is looked at anew.
        for (const file of files.all(id)) rollouts.takeBack(file)
        yield* remover.inPieces(id)
        for (const statement of forgetMore) statement.run(id)
        finish.run(id)
        yield
      }
    },
  }
}

/** `forget` as for `stepsOf`. */
export function removeJob(db: Db, removal: Removal, forget: () => void): Job {
  let done = 0
  return {
    kind: 'remove',
    unit: 'pieces',
    step: stepsOf(db, removal.run(), forget, () => {
      done++
    }),
    progress: () => ({ done, total: null }),
    words: () => 'Deleted a session with its helpers.',
  }
}

function signalOf(number: number): Signal {
  const found = signalsByNumber.get(number)
  if (found === undefined) throw new Error(`no signal ${number}`)
  return found
}

function originOf(number: number): Origin {
  const found = (Object.entries(origins) as [Origin, number][]).find(([, own]) => own === number)
  if (found === undefined) throw new Error(`no origin ${number}`)
  return found[0]
}
