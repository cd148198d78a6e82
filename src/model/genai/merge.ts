import type { GenAiCall, GenAiStep } from './facts.ts'
import { compare, keyOf, type Placed } from './requests.ts'
import { noUsage, type Says, type Usage } from './told.ts'

/** Calls and steps that tellings of one session make. `requests`: which of them tell of the same request. */
export function mergeTold(
  told: readonly Placed[],
  requests: (one: Placed) => string | null,
): { calls: GenAiCall[]; steps: GenAiStep[] } {
  const groups = new Map<string, Placed[]>()
  const byKey = new Map(told.map((one) => [keyOf(one), one]))
  for (const one of told) {
    const request = one.kind === 'call' || one.kind === 'guess' || one.kind === 'detail' ? requests(one) : null
    if (request !== null) groups.set(request, [...(groups.get(request) ?? []), one])
  }
  return {
    calls: [...groups.values()].map((group) => callOf(group, byKey)),
    steps: (['tool', 'prompt', 'agent'] as const).flatMap((kind) => sameSteps(told, kind, byKey)),
  }
}

/** The record that says the most gives the call its place; what it leaves out comes from the next. */
function callOf(group: readonly Placed[], byKey: Known): GenAiCall {
  const members = [...group].sort(
    (a, b) => placing(a) - placing(b) || wealth(b) - wealth(a) || compare(keyOf(a), keyOf(b)),
  )
  const [first] = members as [Placed]
  const completed = members.filter(({ says }) => says.status === 'completed')
  const sure = completed.length > 0 ? completed : members
  const richest = [...members].sort((a, b) => reported(b) - reported(a))[0] ?? first
  const pick = <K extends keyof Says>(key: K): Says[K] =>
    members.find(({ says }) => says[key] !== null)?.says[key] ?? first.says[key]
  // A log beside a span says what was said, and not how the request ended.
  const ends = members.filter(({ kind }) => kind !== 'detail')
  const failed = (ends.length > 0 ? ends : members).every(({ says }) => says.status === 'failed')
  const usage = usageOf(richest, members)
  const reportedCostUsd = pick('reportedCostUsd')
  return {
    ...originOf(first, members, byKey),
    status: failed ? 'failed' : 'completed',
    errorType: failed ? errorOf(sure) : null,
    provider: pick('provider'),
    operation: first.says.operation,
    requestModel: pick('requestModel'),
    responseModel: pick('responseModel'),
    ...usage,
    ttftMs: pick('ttftMs'),
    // What nobody counted costs something, whatever is reckoned from no counts.
    reportedCostUsd: usage === noUsage && reportedCostUsd === 0 ? null : reportedCostUsd,
    finishReasons: members.find(({ says }) => (says.finishReasons ?? []).length > 0)?.says.finishReasons ?? null,
    ids: [...new Set(members.flatMap(({ says }) => says.ids))].sort(),
  }
}

function errorOf(members: readonly Placed[]): string {
  const classes = members.flatMap(({ says }) => says.errorType ?? [])
  return classes.find((name) => name !== '_OTHER') ?? '_OTHER'
}

/** Figures of one record belong together; a part that it does not know may come from another that counted the same whole. */
function usageOf({ says: { usage } }: Placed, members: readonly Placed[]): Usage {
  if (usage.inputTokens === null && usage.outputTokens === null) return noUsage
  const filled: Record<keyof Usage, number | null> = { ...usage }
  const wholes = { ...wholeOfPart }
  for (const [part, whole] of Object.entries(wholes) as [keyof Usage, keyof Usage][])
    filled[part] ??=
      members.find(({ says }) => says.usage[part] !== null && says.usage[whole] === usage[whole])?.says.usage[part] ??
      null
  return filled
}

const wholeOfPart: Partial<Record<keyof Usage, keyof Usage>> = {
  cachedTokens: 'inputTokens',
  cacheWriteTokens: 'inputTokens',
  hourWriteTokens: 'inputTokens',
  reasoningTokens: 'outputTokens',
}

type Known = ReadonlyMap<string, Placed>

/** The nearest agent, tool or prompt that it was made in, whatever their clocks say. */
function stepAbove({ above }: Placed, byKey: Known): string | null {
  let at = above === null ? undefined : byKey.get(above)
  for (let level = 0; at !== undefined && level < 64; level++) {
    if (at.kind === 'agent' || at.kind === 'tool' || at.kind === 'prompt') return at.spanId
    at = at.above === null ? undefined : byKey.get(at.above)
  }
  return null
}

/** A span has a place and both its times; a log only when it was written. */
function placing({ kind, event }: Placed): number {
  return kind === 'detail' ? 2 : event === null ? 0 : 1
}

function reported({ says: { usage } }: Placed): number {
  return Object.values(usage).filter((count) => count !== null).length
}

function wealth(one: Placed): number {
  const { ttftMs, reportedCostUsd, finishReasons, responseModel } = one.says
  return (
    reported(one) + [ttftMs, reportedCostUsd, finishReasons, responseModel].filter((value) => value !== null).length
  )
}

function originOf(
  first: Placed,
  members: readonly Placed[],
  byKey: Known,
): Omit<GenAiStep, 'kind' | 'name' | 'callId' | 'summary' | 'status' | 'errorType'> {
  const { traceId, spanId, startNs, conversation, event, service } = first
  const parentSpanId = stepAbove(first, byKey) ?? first.parentSpanId
  const pick = (key: 'version' | 'language' | 'environment' | 'user'): string | null =>
    members.find(({ says }) => says[key] !== null)?.says[key] ?? null
  return {
    ...{ traceId, spanId, parentSpanId, startNs, event, service },
    durationNs: first.durationNs ?? members.find(({ durationNs }) => durationNs !== null)?.durationNs ?? null,
    conversation: conversation ?? members.find((one) => one.conversation !== null)?.conversation ?? null,
    version: pick('version'),
    language: pick('language'),
    environment: pick('environment'),
    user: pick('user'),
    records: members.slice(1).map(keyOf).sort(),
  }
}

/**
 * A tool's span and its log have the same call id, and so have two spans of which one lies in the other; a prompt's log was written in
 * the prompt's span.
 */
function sameSteps(told: readonly Placed[], kind: GenAiStep['kind'], byKey: Known): GenAiStep[] {
  const all = told
    .filter((one) => one.kind === kind)
    .sort((a, b) => placing(a) - placing(b) || compare(keyOf(a), keyOf(b)))
  const spans = all.filter(({ event }) => event === null)
  const groups = new Map<Placed, Placed[]>(spans.map((span) => [span, [span]]))
  for (const log of all.filter(({ event }) => event !== null)) {
    const span = spans.find((one) =>
      kind === 'prompt'
        ? one.spanId === log.says.within
        : log.says.callId !== null && one.says.callId === log.says.callId && one.service === log.service,
    )
    const group = span === undefined ? undefined : groups.get(span)
    if (group === undefined) groups.set(log, [log])
    else group.push(log)
  }
  return [...groups.values()].map((members) => stepOf(members, kind, byKey))
}

function stepOf(members: readonly Placed[], kind: GenAiStep['kind'], byKey: Known): GenAiStep {
  const [first] = members as readonly [Placed]
  const pick = (key: 'name' | 'callId' | 'summary'): string | null =>
    members.find(({ says }) => says[key] !== null)?.says[key] ?? null
  const failures = members.filter(({ says }) => says.status === 'failed')
  return {
    ...originOf(first, members, byKey),
    status: failures.length > 0 ? 'failed' : 'completed',
    errorType: failures.length > 0 ? errorOf(failures) : null,
    kind,
    name: pick('name'),
    callId: pick('callId'),
    summary: pick('summary'),
  }
}
