import { bucketAt } from '../../model/panels/buckets.ts'
import type { Db } from '../store/database.ts'

/**
 * `bucket_start(at_ms)` in SQL: where the bucket of a moment begins, among the edges that were told last. A function, because days
 * are not equally long, and a search through a list costs SQLite more than a call.
 */
export function addBucketStart(db: Db): (edgesMs: readonly number[]) => void {
  let edges: readonly number[] = []
  db.function('bucket_start', { deterministic: true }, (atMs: unknown) => edges[bucketAt(edges, Number(atMs))] ?? null)
  return (edgesMs) => {
    edges = edgesMs
  }
}
