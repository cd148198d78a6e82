import { isCodexName } from '../../model/codex/sender.ts'
import { sameBytes } from '../same-bytes.ts'
import type { Db } from './database.ts'

export interface Named {
  readonly id: number
  readonly text: string
}

/**
 * Texts and ids that many rows repeat, as small integers. The caches are dropped when a transaction is rolled back,
 * because rows that it made are gone with it.
 */
export class Intern {
  readonly #names = new Map<string, number>()
  readonly #namesInBytes: (Named & { readonly bytes: Buffer })[] = []
  readonly #clients = new Map<string, number>()
  readonly #conversations = new Map<string, number>()
  readonly #traces = new Map<string, number>()
  readonly #insertName
  readonly #insertClient
  readonly #insertConversation
  readonly #findTrace
  readonly #insertTrace
  readonly #markCodex
  readonly #codex = new Set<number>()
  #signal: number | null = null
  #client: number | null = null
  #receivedMs: number | null = null

  constructor(db: Db) {
    // Not `OR IGNORE`: the no-op update makes RETURNING answer for a row that is there already.
    this.#insertName = db
      .prepare<[string, number | null, number | null, number | null], number>(
        `INSERT INTO name (text, signal, client, first_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET text = text RETURNING id`,
      )
      .pluck()
    this.#insertClient = db
      .prepare<[string, string, number], number>(
        'INSERT INTO client (service, version, codex) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET service = service RETURNING id',
      )
      .pluck()
    this.#insertConversation = db
      .prepare<[string], number>(
        'INSERT INTO conversation (id) VALUES (?) ON CONFLICT DO UPDATE SET id = id RETURNING key',
      )
      .pluck()
    this.#findTrace = db.prepare<[Uint8Array], number>('SELECT id FROM trace WHERE trace_id = ?').pluck()
    this.#insertTrace = db
      .prepare<[Uint8Array, number], number>('INSERT INTO trace (trace_id, client) VALUES (?, ?) RETURNING id')
      .pluck()
    this.#markCodex = db.prepare<[number]>('UPDATE client SET codex = 1 WHERE id = ? AND codex = 0')
  }

  /** Some of its records say that it is Codex, whatever its name. */
  markCodex(client: number): void {
    if (this.#codex.has(client)) return
    this.#markCodex.run(client)
    this.#codex.add(client)
  }

  /** From here on, new names are of such a body. */
  enter(signal: number, client: number, receivedMs: number): void {
    this.#signal = signal
    this.#client = client
    this.#receivedMs = receivedMs
  }

  name(text: string): number {
    return cached(this.#names, text, () => this.#insertName.get(text, this.#signal, this.#client, this.#receivedMs))
  }

  /** The same of a name as it stands in a body: a few dozen come by the hundred thousand, and no text is made of each. */
  nameIn(bytes: Buffer, start: number, end: number): Named {
    let hash = 0
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    const place = hash & (mostNamesInBytes - 1)
    const known = this.#namesInBytes[place]
    if (known?.bytes.length === end - start && sameBytes(bytes, start, known.bytes, 0, end - start)) return known
    const text = bytes.toString('utf8', start, end)
    const found = { id: this.name(text), text, bytes: Buffer.from(bytes.subarray(start, end)) }
    this.#namesInBytes[place] = found
    return found
  }

  client(service: string, version: string): number {
    return cached(this.#clients, `${service}\n${version}`, () =>
      this.#insertClient.get(service, version, isCodexName(service) ? 1 : 0),
    )
  }

  conversation(id: string): number {
    return cached(this.#conversations, id, () => this.#insertConversation.get(id))
  }

  /** `id` is a view into a body: only the database keeps it. `key` is the same bytes as Latin-1 text. */
  trace(key: string, id: Uint8Array, client: number): number {
    return cached(this.#traces, key, () => this.#findTrace.get(id) ?? this.#insertTrace.get(id, client))
  }

  forget(): void {
    this.#names.clear()
    this.#namesInBytes.length = 0
    this.#clients.clear()
    this.#conversations.clear()
    this.#traces.clear()
    this.#codex.clear()
  }
}

/** By their bytes; of two in one place the later stays. */
const mostNamesInBytes = 512

/** Enough for every name and for all traces under way; a full cache starts anew, which costs one look-up each. */
const mostEntries = 20_000

function cached(cache: Map<string, number>, key: string, find: () => number | undefined): number {
  const known = cache.get(key)
  if (known !== undefined) return known
  const found = find()
  if (found === undefined) throw new Error('SQLite returned no id')
  if (cache.size >= mostEntries) cache.clear()
  cache.set(key, found)
  return found
}
