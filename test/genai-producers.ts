import { readdirSync, readFileSync } from 'node:fs'
import { unpackBodies, type CapturedBody, type ListedBody } from './captures.ts'

/** One request that a model server counted or refused, as far as its program told it; null: not told. */
export interface TrueCall {
  readonly service: string
  readonly session: string
  readonly model: string | null
  readonly failed: boolean
  readonly input: number | null
  readonly cached: number | null
  readonly cacheWrite: number | null
  readonly output: number | null
  readonly reasoning: number | null
  readonly ttftMs: number | null
  readonly reportedUsd: number | null
  readonly finish: readonly string[] | null
}

export interface TrueSession {
  readonly id: string
  readonly service: string
  readonly prompts: number
  /** By name; a failed one has `!` behind it. */
  readonly tools: readonly string[]
}

/** A cumulative series by its name and, where it has one, its kind of token: what it grew by. */
export interface TrueMetric {
  readonly name: string
  readonly tokenType: string | null
  readonly count: number
  readonly sum: number
}

export interface Recording {
  /** In the order in which the program sent them. */
  readonly bodies: readonly CapturedBody[]
  readonly calls: readonly TrueCall[]
  readonly sessions: readonly TrueSession[]
  readonly metrics: readonly TrueMetric[]
  /** The rows that content came for, and which of the recordings' words each shows as what. */
  readonly said: readonly string[]
}

const folder = new URL('./fixtures/genai/', import.meta.url)

/** Programs whose telemetry was recorded against a model server that counted every request. */
export const producerNames: readonly string[] = readdirSync(folder).sort()

export function loadRecording(name: string): Recording {
  const own = new URL(`${name}/`, folder)
  const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, own), 'utf8'))
  const { bodies } = json('manifest.json') as { bodies: ListedBody[] }
  return { ...(json('truth.json') as Omit<Recording, 'bodies'>), bodies: unpackBodies(own, bodies) }
}
