import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { jsonToProtobuf } from '../src/engine/otlp/json-to-protobuf.ts'
import type { SessionKind } from '../src/model/session/summary.ts'
import type { Signal } from '../src/model/signal.ts'

/** One request of Codex CLI, byte for byte: 0.169.0, and 0.171.0 where a capture's name says v171. */
export interface CapturedBody {
  readonly signal: Signal
  readonly encoding: 'protobuf' | 'json'
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What one conversation of a run did, as its scripted model and its logs tell. */
export interface TrueConversation {
  readonly conversation: string
  readonly kind: SessionKind
  readonly prompts: number
  readonly model_calls: number
  readonly failed_responses: number
  readonly input: number
  readonly cached: number
  readonly cache_write: number
  readonly output: number
  readonly reasoning: number
  readonly models: readonly string[]
  /** Results of calls, of nested calls and of code mode's wrapper together. */
  readonly tool_results: number
  readonly originator: string
  readonly terminal: string
  readonly user: string | null
  readonly app_version: string
}

export interface Capture {
  readonly name: string
  /** In the order in which Codex sent them. */
  readonly bodies: readonly CapturedBody[]
  readonly conversations: readonly TrueConversation[]
}

const folder = new URL('./fixtures/captures/', import.meta.url)

/** One run of Codex each, by what it shows. */
export const captureNames: readonly string[] = readdirSync(folder).sort()

/** Those of one day: whoever asks by the hour finds them all within a hundred. */
export const captureNamesOfOneDay: readonly string[] = captureNames.filter((name) => !name.includes('_v171_'))

/** A body as a manifest lists it: `file` is packed by gzip. */
export type ListedBody = Omit<CapturedBody, 'bytes'> & { readonly file: string }

/** The bodies that lie in a folder, in this order. */
export function unpackBodies(folder: URL, listed: readonly ListedBody[]): CapturedBody[] {
  return listed.map(({ file, signal, encoding }) => ({
    ...{ signal, encoding },
    bytes: new Uint8Array(gunzipSync(readFileSync(new URL(file, folder)))),
  }))
}

export function loadCapture(name: string): Capture {
  const own = new URL(`${name}/`, folder)
  const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, own), 'utf8'))
  const { bodies } = json('manifest.json') as { bodies: ListedBody[] }
  const { conversations } = json('truth.json') as { conversations: TrueConversation[] }
  return { name, bodies: unpackBodies(own, bodies), conversations }
}

/** The same body in the encoding that gRPC speaks. */
export function asProtobuf({ signal, encoding, bytes }: CapturedBody): CapturedBody {
  if (encoding === 'protobuf') return { signal, encoding, bytes }
  return { signal, encoding: 'protobuf', bytes: new Uint8Array(jsonToProtobuf(signal, bytes)) }
}

/** The same items in another order, which depends on nothing but the seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items]
  let state = seed
  for (let last = result.length - 1; last > 0; last--) {
    // A linear congruential generator with the constants of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = state % (last + 1)
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}
