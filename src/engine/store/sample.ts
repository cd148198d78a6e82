import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { ProcedureError } from '../../contract/result.ts'
import { signal } from '../../model/signal.ts'
import { eachSpan } from '../otlp/wire/spans.ts'
import { decompress } from './compression.ts'
import type { Db } from './database.ts'
import { origins, signalNumbers } from './ingest.ts'
import type { Writer } from './writer.ts'

/** `manifest.json` of the bundled sample: its sessions, the one to open first, and its bodies (gzip of OTLP protobuf). */
const manifestSchema = z.object({
  open: z.string(),
  sessions: z.array(z.string()),
  bodies: z.array(z.object({ file: z.string(), signal })),
})

function readManifest(sampleDir: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(sampleDir, 'manifest.json'), 'utf8')))
  } catch (error) {
    throw new ProcedureError('not_found', `the sample session is not readable: ${String(error)}`)
  }
}

/** Stores the sample like any other telemetry, marked so that it can go again. Returns the session to open. */
export function openSample(db: Db, writer: Writer, sampleDir: string): string {
  const manifest = readManifest(sampleDir)
  const stored = writer.store(
    manifest.bodies.map(({ file, signal: of }) => ({
      signal: of,
      encoding: 'protobuf',
      origin: 'sample',
      bytes: new Uint8Array(gunzipSync(readFileSync(join(sampleDir, file)))),
    })),
  )
  const broken = stored.find(({ accepted }) => accepted.kind !== 'stored')
  if (broken !== undefined)
    throw new ProcedureError('internal', `the sample could not be stored: ${broken.accepted.kind}`)
  const mark = db.prepare('UPDATE session SET sample = 1 WHERE id = ?')
  for (const id of manifest.sessions) mark.run(id)
  while (!writer.settle(1000));
  return manifest.open
}

/** Takes the sample's bodies, their index rows and their sessions' facts away; everything else stays. */
export function removeSample(db: Db, writer: Writer): void {
  // Ids of bodies that go may be given again: a rebuild must not meet them.
  while (!writer.rebuilding.step(Infinity));
  db.transaction(() => {
    const bodies = db
      .prepare<[number], { id: number; signal: number; codec: number; bytes: Buffer }>(
        'SELECT id, signal, codec, bytes FROM body WHERE origin = ?',
      )
      .all(origins.sample)
    const removeBody = db.prepare('DELETE FROM body WHERE id = ?')
    for (const { id, signal: of, codec, bytes } of bodies) {
      if (of === signalNumbers.traces) removeSpans(db, decompress(codec, bytes))
      if (of === signalNumbers.logs) db.prepare('DELETE FROM log WHERE body = ?').run(id)
      removeBody.run(id)
    }
    for (const id of db.prepare<[], string>('SELECT id FROM session WHERE sample = 1').pluck().all())
      removeSession(db, id)
  }).immediate()
  writer.forget()
}

function removeSpans(db: Db, bytes: Buffer): void {
  const findTrace = db.prepare<[Uint8Array], number>('SELECT id FROM trace WHERE trace_id = ?').pluck()
  const remove = ['span', 'span_link'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE trace = ? AND span_id = (? << 32) | ?`),
  )
  const traces = new Set<number>()
  eachSpan(bytes, (view) => {
    if (view.traceIdAt < 0 || view.spanIdAt < 0) return
    const trace = findTrace.get(bytes.subarray(view.traceIdAt, view.traceIdAt + 16))
    if (trace !== undefined) traces.add(trace)
    for (const statement of remove)
      statement.run(trace, bytes.readInt32BE(view.spanIdAt), bytes.readUInt32BE(view.spanIdAt + 4))
  })
  const removeEmpty = db.prepare(
    'DELETE FROM trace WHERE id = ? AND NOT EXISTS (SELECT 1 FROM span WHERE trace = trace.id)',
  )
  for (const trace of traces) removeEmpty.run(trace)
}

const bySession = [
  ...['session_start', 'session_span', 'prompt', 'turn_span', 'turn_mention', 'turn', 'api_call', 'api_attempt'],
  ...['tool_call', 'decision', 'sampling', 'compaction', 'spawn', 'code_cell', 'code_callback', 'unsettled'],
  ...['turn_share', 'unshared'],
]

function removeSession(db: Db, id: string): void {
  db.prepare(
    'DELETE FROM compaction_reason WHERE span_id IN (SELECT parent_span_id FROM compaction WHERE session_id = ?)',
  ).run(id)
  db.prepare('DELETE FROM review WHERE trace_id IN (SELECT trace_id FROM turn_span WHERE session_id = ?)').run(id)
  for (const table of ['turn_request', 'model_round'])
    db.prepare(`DELETE FROM ${table} WHERE turn_id IN (SELECT turn_id FROM turn_mention WHERE session_id = ?)`).run(id)
  for (const table of bySession) db.prepare(`DELETE FROM ${table} WHERE session_id = ?`).run(id)
  db.prepare('DELETE FROM trace_conversation WHERE conversation = (SELECT key FROM conversation WHERE id = ?)').run(id)
  db.prepare(
    'DELETE FROM conversation WHERE id = ? AND NOT EXISTS (SELECT 1 FROM log WHERE conversation = conversation.key)',
  ).run(id)
  db.prepare('DELETE FROM session WHERE id = ?').run(id)
}
