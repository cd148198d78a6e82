import { compare, keyOf, type Placed } from './requests.ts'

/** A session of applications: a conversation of a service, else a trace. */
export interface Home {
  readonly conversation: string | null
  readonly service: string
  readonly traceId: string
}

/**
 * Where each telling belongs: to the conversation that it names itself, else that the nearest around it names, else any of its trace;
 * and what tells of one request stands in one place. Without a conversation the trace is the session. A pure function of the set.
 */
export function homesOf(
  told: readonly Placed[],
  requests: ReadonlyMap<Placed, string | null>,
): ReadonlyMap<Placed, Home> {
  const byKey = new Map(told.map((one) => [keyOf(one), one]))
  const namers = new Map<string, Placed>()
  for (const one of [...told].sort(byName)) if (!namers.has(one.traceId)) namers.set(one.traceId, one)
  const homes = new Map<Placed, Home>()
  for (const one of told) homes.set(one, homeOf(one, byKey, namers))
  const groups = new Map<string, Placed[]>()
  for (const [one, request] of requests)
    if (request !== null) groups.set(request, [...(groups.get(request) ?? []), one])
  for (const members of groups.values()) {
    const [best] = [...members].sort(
      (a, b) =>
        Number((homes.get(a)?.conversation ?? null) === null) - Number((homes.get(b)?.conversation ?? null) === null) ||
        compare(homes.get(a)?.conversation ?? '', homes.get(b)?.conversation ?? '') ||
        Number(a.event !== null) - Number(b.event !== null) ||
        compare(keyOf(a), keyOf(b)),
    )
    const home = best === undefined ? undefined : homes.get(best)
    if (home !== undefined) for (const member of members) homes.set(member, home)
  }
  return homes
}

function homeOf(one: Placed, byKey: ReadonlyMap<string, Placed>, namers: ReadonlyMap<string, Placed>): Home {
  let at: Placed | undefined = one
  for (let level = 0; level < 64 && at !== undefined; level++) {
    if (at.conversation !== null) return { conversation: at.conversation, service: at.service, traceId: one.traceId }
    at = at.above === null ? undefined : byKey.get(at.above)
  }
  const namer = namers.get(one.traceId)
  if (namer === undefined || namer.conversation === null || one.traceId === '')
    return { conversation: null, service: one.service, traceId: one.traceId }
  return { conversation: namer.conversation, service: namer.service, traceId: one.traceId }
}

/** Those that name a conversation first. */
function byName(a: Placed, b: Placed): number {
  return (
    Number(a.conversation === null) - Number(b.conversation === null) ||
    compare(a.conversation ?? '', b.conversation ?? '') ||
    compare(a.service, b.service)
  )
}
