import { field, joined, partsOf, type RecordPart, type ResourceGroup, type ScopeGroup } from './request-parts.ts'

/** Unpacking a body costs its whole length, so a look at one record of a large file would be slow. */
export const mostBodyBytes = 1024 * 1024

/** The same records in requests of at most about `most` bytes, each with its resource and scope. Throws MalformedBody. */
export function splitRequest(bytes: Buffer, most = mostBodyBytes): Buffer[] {
  return bytes.length <= most ? [bytes] : rebuild(bytes, most, () => true)
}

/** The request without the records that `keeps` refuses; null when none is left. */
export function filterRequest(bytes: Buffer, keeps: (at: number) => boolean): Buffer | null {
  return rebuild(bytes, Infinity, keeps)[0] ?? null
}

interface Run {
  readonly group: ResourceGroup
  readonly scope: ScopeGroup
  readonly records: RecordPart[]
}

function rebuild(bytes: Buffer, most: number, keeps: (at: number) => boolean): Buffer[] {
  const requests: Buffer[] = []
  let runs: Run[] = []
  let size = 0
  const flush = (): void => {
    if (runs.length > 0) requests.push(requestOf(bytes, runs))
    runs = []
    size = 0
  }
  for (const group of partsOf(bytes)) {
    for (const scope of group.items) {
      for (const record of scope.items) {
        if (!keeps(record.at)) continue
        const length = record.end - record.start
        if (size > 0 && size + length > most) flush()
        const last = runs.at(-1)
        if (last?.scope === scope) last.records.push(record)
        else runs.push({ group, scope, records: [record] })
        size += length
      }
    }
  }
  flush()
  return requests
}

function requestOf(bytes: Buffer, runs: readonly Run[]): Buffer {
  const groups: Buffer[] = []
  for (let first = 0; first < runs.length;) {
    const group = (runs[first] as Run).group
    let behind = first
    while (runs[behind]?.group === group) behind++
    const scopes = runs
      .slice(first, behind)
      .map(({ scope, records }) => field(2, Buffer.concat([joined(bytes, scope.heads), joined(bytes, records)])))
    groups.push(field(1, Buffer.concat([joined(bytes, group.heads), ...scopes])))
    first = behind
  }
  return Buffer.concat(groups)
}
