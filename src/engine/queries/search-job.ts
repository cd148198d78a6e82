/**
 * Bodies to look through, shared by the threads that do so: each takes the next one when it is done with the last, so that a
 * thread that is held up does not hold up the search.
 */
export interface SearchJob {
  readonly query: string
  /** How many bodies is taken already, then their ids: those of spans first. */
  readonly shared: Int32Array<SharedArrayBuffer>
  readonly traceBodies: number
}

export function searchJob(query: string, traceBodies: Int32Array, logBodies: Int32Array): SearchJob {
  const count = traceBodies.length + logBodies.length
  const shared = new Int32Array(new SharedArrayBuffer((1 + count) * Int32Array.BYTES_PER_ELEMENT))
  shared.set(traceBodies, 1)
  shared.set(logBodies, 1 + traceBodies.length)
  return { query, shared, traceBodies: traceBodies.length }
}

export function bodiesOf({ shared }: SearchJob): number {
  return shared.length - 1
}

/** null when all are taken. */
export function takeBody({ shared }: SearchJob): { readonly index: number; readonly id: number } | null {
  const index = Atomics.add(shared, 0, 1)
  const id = shared[1 + index]
  return id === undefined ? null : { index, id }
}

/** Nobody wants the answer any more: the threads find no body left. */
export function endJob(job: SearchJob): void {
  Atomics.store(job.shared, 0, bodiesOf(job))
}

/** The same job from its start, but for some bodies: no body has the number that stands for them then. */
export function withoutBodies(job: SearchJob, done: ReadonlySet<number>): SearchJob {
  const shared = new Int32Array(new SharedArrayBuffer(job.shared.byteLength))
  shared.set(job.shared)
  shared[0] = 0
  for (const index of done) shared[1 + index] = 0
  return { ...job, shared }
}
