/** What is known of an application's session, as the store reads it. Times are nanoseconds after a base. */
export interface AppCall extends AppItem {
  readonly status: string
  readonly operation: string
  readonly provider: string | null
  readonly model: string | null
  /** null, as all counts: not reported. */
  readonly inputTokens: number | null
  readonly cachedTokens: number | null
  readonly cacheWriteTokens: number | null
  readonly hourWriteTokens: number | null
  readonly outputTokens: number | null
  readonly reasoningTokens: number | null
  readonly ttftMs: number | null
  readonly costUsd: number | null
  /** As the sender reckons. */
  readonly reportedCostUsd: number | null
  readonly errorType: string | null
  /** JSON. */
  readonly finishReasons: string | null
  /** JSON: of its answer and request. */
  readonly ids: string
}

export interface AppStep extends AppItem {
  readonly kind: 'agent' | 'tool' | 'prompt'
  readonly name: string | null
  readonly status: string
  readonly errorType: string | null
  readonly callId: string | null
  readonly summary: string | null
}

interface AppItem {
  /** Hex; '' where the source is a log. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly start: number
  readonly end: number
  /** 0: how long it took is not known. */
  readonly isTimed: number
  /** Of the log that is the source; null for a span. */
  readonly event: string | null
  /** JSON: the other records that tell of it, as trace/span; of a log the span is its session, name, time and number. */
  readonly records: string
}

/** An agent at the top, else what one trace did without an agent, else what came of one prompt. */
export interface AppTurn {
  readonly turnId: string
  readonly start: number
  readonly end: number
  /** The agent's name or the prompt. */
  readonly name: string | null
  readonly failed: boolean
}

export interface Place {
  readonly turnId: string
  /** The agent or tool around it that is not the turn itself. */
  readonly parent: AppStep | null
}

export interface AppSession {
  readonly calls: readonly AppCall[]
  readonly steps: readonly AppStep[]
  /** In order. */
  readonly turns: readonly AppTurn[]
  /** Of every call, tool and nested agent. */
  readonly places: ReadonlyMap<AppCall | AppStep, Place>
}

/** Orders a session's facts. A pure function of the two sets: the order of arrival cannot matter. */
export function appSession(calls: readonly AppCall[], steps: readonly AppStep[]): AppSession {
  const parents = parentsOf(calls, steps)
  const places = new Map<AppCall | AppStep, Place>()
  const turns = new Map<string, AppTurn>()
  const prompts = steps.filter(({ kind }) => kind === 'prompt').sort(byStart)
  for (const prompt of prompts) turns.set(prompt.spanId, { ...turnOf(prompt), name: prompt.summary })
  for (const item of [...steps.filter(({ kind }) => kind !== 'prompt'), ...calls].sort(byStart)) {
    const parent = parents.get(item) ?? null
    const top = topOf(item, parents)
    const turnId = turnIdOf(top, prompts)
    if (item === top && isAgent(item)) turns.set(turnId, { ...turnOf(item), name: item.name })
    else {
      places.set(item, { turnId, parent: parent !== null && parent === top && isAgent(parent) ? null : parent })
      // An agent's clock may end before what it called: its turn lasts as long as its work.
      turns.set(turnId, widened(turns.get(turnId), turnId, item))
    }
  }
  return { calls, steps, turns: [...turns.values()].sort(byTurn), places }
}

/** The span that a record was made in; where that is no agent or tool, the shortest of its trace around it in time. */
function parentsOf(calls: readonly AppCall[], steps: readonly AppStep[]): Map<AppCall | AppStep, AppStep> {
  const byTrace = new Map<string, Map<string, AppStep>>()
  for (const step of [...steps].sort(byStart)) {
    if (step.traceId === '') continue
    const known = byTrace.get(step.traceId)
    if (known === undefined) byTrace.set(step.traceId, new Map([[step.spanId, step]]))
    else known.set(step.spanId, step)
  }
  const parents = new Map<AppCall | AppStep, AppStep>()
  for (const item of [...steps, ...calls].sort(byStart)) {
    const around = byTrace.get(item.traceId)
    if (around === undefined) continue
    const parent = around.get(item.parentSpanId ?? '') ?? shortestAround(item, around.values())
    if (parent !== null && topOf(parent, parents) !== item) parents.set(item, parent)
  }
  return parents
}

function shortestAround(item: AppItem, steps: Iterable<AppStep>): AppStep | null {
  const length = item.end - item.start
  let shortest: AppStep | null = null
  for (const step of steps) {
    const isAround = step.start <= item.start && item.end <= step.end && step.end - step.start > length
    if (isAround && (shortest === null || step.end - step.start < shortest.end - shortest.start)) shortest = step
  }
  return shortest
}

function topOf(item: AppCall | AppStep, parents: ReadonlyMap<AppCall | AppStep, AppStep>): AppCall | AppStep {
  let top = item
  for (let parent = parents.get(top); parent !== undefined; parent = parents.get(top)) top = parent
  return top
}

export function isAgent(item: AppCall | AppStep): item is AppStep {
  return 'kind' in item && item.kind === 'agent'
}

function turnIdOf(top: AppCall | AppStep, prompts: readonly AppStep[]): string {
  if (isAgent(top)) return top.spanId
  // Only command line tools tell of prompts, and each goes on until the next.
  const prompt = prompts.findLast(({ start }) => start <= top.start)
  return prompt?.spanId ?? (top.traceId === '' ? 'before the first prompt' : top.traceId)
}

function turnOf({ spanId, start, end, status }: AppStep): Omit<AppTurn, 'name'> {
  return { turnId: spanId, start, end, failed: status === 'failed' }
}

function widened(known: AppTurn | undefined, turnId: string, { start, end }: AppItem): AppTurn {
  if (known === undefined) return { turnId, start, end, name: null, failed: false }
  return { ...known, start: Math.min(known.start, start), end: Math.max(known.end, end) }
}

function byStart(a: AppItem, b: AppItem): number {
  return a.start - b.start || b.end - a.end || compare(a.spanId, b.spanId)
}

function byTurn(a: AppTurn, b: AppTurn): number {
  return a.start - b.start || a.end - b.end || compare(a.turnId, b.turnId)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
