import type { Fact } from '../../model/codex/facts.ts'
import type { SessionAttribute } from '../../model/codex/session-attributes.ts'
import type { Told } from '../../model/genai/told.ts'
import type { Misread } from './misread.ts'

/** What is known of a session from any record that names it. Texts merge by order, so that arrival does not matter. */
export interface Seen {
  /** Of Codex's own records, as soon as there is one. */
  firstNs: bigint
  lastNs: bigint
  spans: boolean
  /** Whether any record said something that Colophon knows. */
  understood: boolean
  /** Whether Codex itself made one of the records: its words come before those of others that name the session. */
  own: boolean
  service: string | null
  environment: string | null
  appVersion: string | null
  originator: string | null
  terminal: string | null
  user: string | null
  host: string | null
  batch: string | null
}

/** What the bodies of one transaction say of facts, gathered in memory and written once at its end. */
export class Batch {
  readonly sessions = new Map<string, Seen>()
  readonly mentions = new Map<string, { sessionId: string; turnId: string; firstNs: bigint }>()
  readonly facts: Fact[] = []
  /** What records say of their sessions beside what Codex itself says. */
  readonly attributes = new Map<string, SessionAttribute & { readonly sessionId: string }>()
  /** Of applications other than Codex. */
  readonly genAi: Told[] = []
  /** Values that were meant to be counts. */
  readonly misread: Misread[] = []
  /** Sessions to settle again. */
  readonly touched = new Set<string>()
  /** Turns that a record named without naming their session. */
  readonly touchedTurns = new Set<string>()

  session(id: string, firstNs: bigint, lastNs: bigint, isOwn: boolean): Seen {
    const seen = this.sessions.get(id)
    if (seen !== undefined) {
      if (seen.own && !isOwn) return seen
      if (!seen.own && isOwn) Object.assign(seen, { firstNs, lastNs })
      if (firstNs < seen.firstNs) seen.firstNs = firstNs
      if (lastNs > seen.lastNs) seen.lastNs = lastNs
      return seen
    }
    const fresh: Seen = {
      firstNs,
      lastNs,
      spans: false,
      understood: false,
      own: false,
      service: null,
      environment: null,
      appVersion: null,
      originator: null,
      terminal: null,
      user: null,
      host: null,
      batch: null,
    }
    this.sessions.set(id, fresh)
    this.touched.add(id)
    return fresh
  }

  say(sessionId: string, said: SessionAttribute): void {
    this.attributes.set(JSON.stringify([sessionId, said.key, said.value]), { sessionId, ...said })
  }

  add(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.fact === 'turn_mention') this.#mention(fact.sessionId, fact.turnId, fact.firstNs)
      else this.facts.push(fact)
      if ('sessionId' in fact) this.touched.add(fact.sessionId)
      else if ('turnId' in fact) this.touchedTurns.add(fact.turnId)
      if ('parentId' in fact) this.touched.add(fact.parentId)
    }
  }

  /** Marks the trace too: it may hold records that name no conversation and belong to this one. */
  addGenAi(told: Told): void {
    this.genAi.push(told)
    if (told.conversation !== null) this.touched.add(told.conversation)
    if (told.traceId !== '') this.touched.add(told.traceId)
  }

  #mention(sessionId: string, turnId: string, firstNs: bigint): void {
    const key = `${sessionId}\n${turnId}`
    const known = this.mentions.get(key)
    if (known === undefined) this.mentions.set(key, { sessionId, turnId, firstNs })
    else if (firstNs < known.firstNs) known.firstNs = firstNs
  }
}

/** What a record says of its session's process. */
export type SaidOfProcess = Pick<
  Seen,
  'service' | 'environment' | 'appVersion' | 'originator' | 'terminal' | 'user' | 'host'
>

/** Takes it as far as nobody who knows better has spoken. Written out: this runs for every record. */
export function say(seen: Seen, isOwn: boolean, said: SaidOfProcess): void {
  if (seen.own && !isOwn) return
  if (seen.own !== isOwn) {
    Object.assign(seen, said, { own: isOwn })
    return
  }
  seen.service = earlierText(seen.service, said.service)
  seen.environment = earlierText(seen.environment, said.environment)
  seen.appVersion = earlierText(seen.appVersion, said.appVersion)
  seen.originator = earlierText(seen.originator, said.originator)
  seen.terminal = earlierText(seen.terminal, said.terminal)
  seen.user = earlierText(seen.user, said.user)
  seen.host = earlierText(seen.host, said.host)
}

/** The smaller of two texts, null being none: the same whichever came first. */
export function earlierText(a: string | null, b: string | null): string | null {
  if (a === null) return b
  if (b === null) return a
  return a < b ? a : b
}
