import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { planOf, rewrite, type Plan } from '../bench/corpus.ts'
import { logPlanOf, timeTextLength, type LogPlan } from './log-plan.ts'

const folder = new URL('../fixtures/captures/22_many_steps/', import.meta.url)
/** The session of the recorded run. */
const recordedId = '01a1f850-bb6c-7f50-86e4-53901db45fec'

export interface Body {
  readonly signal: 'traces' | 'logs'
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly records: number
}

/** A copy of one real run as it would be sent now: a session of its own, its requests in their order. */
export interface Run {
  readonly sessionId: string
  readonly bodies: readonly Body[]
}

type Planned = { readonly signal: 'traces'; readonly plan: Plan } | { readonly signal: 'logs'; readonly plan: LogPlan }

const plans: readonly Planned[] = readdirSync(folder)
  .sort()
  .flatMap((file): Planned[] => {
    const read = (): Buffer => gunzipSync(readFileSync(new URL(file, folder)))
    if (file.includes('-traces.pb')) return [{ signal: 'traces', plan: planOf(read()) }]
    return file.includes('-logs.pb') ? [{ signal: 'logs', plan: logPlanOf(read()) }] : []
  })

const beganNs = plans
  .flatMap(({ plan }) => plan.times.map((at) => plan.bytes.readBigUInt64LE(at)))
  .reduce((least, time) => (time < least ? time : least))

/** Log records that name the session, in each copy. */
export const logsOfARun = plans.reduce((sum, one) => sum + (one.signal === 'logs' ? one.plan.ofSession : 0), 0)

export function runThatBeginsAt(nowMs: number): Run {
  const key = randomBytes(8)
  const uuids = new Map<string, Buffer>()
  const shiftNs = BigInt(nowMs) * 1_000_000n - beganNs
  const bodies = plans.map(({ signal, plan }): Body => {
    const bytes = rewrite(plan, key, shiftNs, uuids)
    if (signal === 'logs') moveTexts(Buffer.from(bytes.buffer), plan.texts, Number(shiftNs / 1_000_000n))
    return { signal, bytes, records: plan.spans }
  })
  return { sessionId: uuids.get(recordedId)?.toString('latin1') ?? '', bodies }
}

function moveTexts(bytes: Buffer, places: readonly number[], byMs: number): void {
  for (const at of places) {
    const moved = new Date(Date.parse(bytes.toString('latin1', at, at + timeTextLength)) + byMs)
    bytes.write(moved.toISOString(), at, 'latin1')
  }
}
