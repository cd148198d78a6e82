import type { Told } from './told.ts'

/** Names a telling: its trace and span. */
export function keyOf({ traceId, spanId }: Pick<Told, 'traceId' | 'spanId'>): string {
  return `${traceId}/${spanId}`
}

/** A telling, and the nearest span above it in its trace that tells anything, too. */
export interface Placed extends Told {
  readonly above: string | null
}

/**
 * Which tellings of calls are of one request, by its name; null for one that tells of none: it sums up calls below it. The same id of
 * an answer or request in one service is one request, in whatever trace; a call inside a call is the same request, unless an agent or
 * tool lies between; two siblings, two services, two ids are two. The log that tells a request whole is one where no span of its trace
 * tells any: an application may send its logs alone. A pure function of the set.
 */
export function requestsOf(told: readonly Placed[]): ReadonlyMap<Placed, string | null> {
  const byKey = new Map(told.map((one) => [keyOf(one), one]))
  const spoken = new Set(told.filter(isCall).map(traceOf))
  const calls = told
    .filter((one) => isCall(one) || (isWhole(one) && !spoken.has(traceOf(one))))
    .sort((a, b) => compare(keyOf(a), keyOf(b)))
  const same = new Sets(calls)
  const byId = new Map<string, Placed>()
  for (const call of calls)
    for (const id of call.says.ids) {
      const name = `${call.service}\n${id}`
      const known = byId.get(name)
      if (known === undefined) byId.set(name, call)
      else same.join(known, call)
    }
  const inside = new Map<Placed, Placed[]>()
  const outer = new Map<Placed, Placed>()
  for (const call of calls) {
    const around = callAround(call, byKey)
    if (around === null) continue
    outer.set(call, around)
    inside.set(around, [...(inside.get(around) ?? []), call])
  }
  const sums = new Set<Placed>()
  // The innermost first: what lies in a call has found together by then.
  const depth = (call: Placed): number => {
    let levels = 0
    for (let at = outer.get(call); at !== undefined && levels < mostLevels; at = outer.get(at)) levels++
    return levels
  }
  for (const call of [...inside.keys()].sort((a, b) => depth(b) - depth(a) || compare(keyOf(a), keyOf(b)))) {
    const within = (inside.get(call) ?? []).filter((one) => !sums.has(one))
    const requests = new Set(within.map((one) => same.of(one)))
    if (within.some((one) => same.of(one) === same.of(call))) continue
    const answered = new Set(within.filter(({ says }) => says.status === 'completed').map((one) => same.of(one)))
    const [only] = requests.size === 1 ? requests : answered
    if (call.kind === 'guess' || only === undefined || (requests.size > 1 && answered.size !== 1)) sums.add(call)
    else same.join(call, only)
  }
  const names = new Map<Placed, string | null>()
  for (const call of calls) names.set(call, sums.has(call) ? null : keyOf(same.of(call)))
  for (const detail of told) {
    if (detail.kind !== 'detail' || names.has(detail)) continue
    const call = byKey.get(keyOf({ traceId: detail.traceId, spanId: detail.parentSpanId ?? '' }))
    names.set(detail, call === undefined ? null : (names.get(call) ?? null))
  }
  return names
}

const mostLevels = 64

function isCall({ kind }: Told): boolean {
  return kind === 'call' || kind === 'guess'
}

/** By the conventions it is written "independently from traces", with all that the span would say. */
function isWhole({ kind, event }: Told): boolean {
  return kind === 'detail' && event === 'gen_ai.client.inference.operation.details'
}

/** A log without a trace stands in one of its own. */
function traceOf(one: Told): string {
  return `${one.service}\n${one.traceId === '' ? keyOf(one) : one.traceId}`
}

/** The nearest call of the same service that it lies in. What an agent or tool inside a call asks is a request of its own. */
function callAround(call: Placed, byKey: ReadonlyMap<string, Placed>): Placed | null {
  let at: Placed | undefined = call
  for (let level = 0; level < mostLevels; level++) {
    const above: string | null = at?.above ?? null
    at = above === null ? undefined : byKey.get(above)
    if (at === undefined || at.kind === 'agent' || at.kind === 'tool' || at.kind === 'prompt') return null
    if (isCall(at)) return at.service === call.service && at !== call ? at : null
  }
  return null
}

/** Which belong together; each set goes by its first member, in the order that they were given in. */
class Sets {
  readonly #rank = new Map<Placed, number>()
  readonly #next = new Map<Placed, Placed>()

  constructor(members: readonly Placed[]) {
    members.forEach((member, rank) => this.#rank.set(member, rank))
  }

  of(member: Placed): Placed {
    let first = member
    for (let next = this.#next.get(first); next !== undefined; next = this.#next.get(first)) first = next
    if (first !== member) this.#next.set(member, first)
    return first
  }

  join(a: Placed, b: Placed): void {
    const [one, other] = [this.of(a), this.of(b)]
    if (one === other) return
    if ((this.#rank.get(one) ?? 0) < (this.#rank.get(other) ?? 0)) this.#next.set(other, one)
    else this.#next.set(one, other)
  }
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
