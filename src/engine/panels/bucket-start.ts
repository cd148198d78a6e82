import { bucketAt } from '../../model/panels/buckets.ts'
import type { Db } from '../store/database.ts'

const known = new WeakMap<Db, (edgesMs: readonly number[]) => void>()

/**
 * `bucket_start(at_ms)` in SQL: where the bucket of a moment begins, among the edges that were told last. A function, because days
 * are not equally long, and a search through a list costs SQLite more than a call. Once a connection: of two functions of that name the
 * later one would answer for both.
 */
export function addBucketStart(db: Db): (edgesMs: readonly number[]) => void {
  const added = known.get(db) ?? add(db)
  known.set(db, added)
  return added
}

function add(db: Db): (edgesMs: readonly number[]) => void {
  let edges: readonly number[] = []
  db.function('bucket_start', { deterministic: true }, (atMs: unknown) => edges[bucketAt(edges, Number(atMs))] ?? null)
  return (edgesMs) => {
    edges = edgesMs
  }
}
