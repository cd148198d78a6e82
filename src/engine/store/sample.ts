import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { ProcedureError } from '../../contract/result.ts'
import { signal } from '../../model/signal.ts'
import type { Db } from './database.ts'
import { origins } from './origins.ts'
import { bodyRemover, type BodyToRemove } from './remove-body.ts'
import { sessionRemover } from './remove-session.ts'
import { takeSampleFilesBack, writeSampleFile } from './sample-files.ts'
import type { Writer } from './writer.ts'

/** `manifest.json` of the bundled sample: its sessions, the one to open first, its bodies (gzip of OTLP protobuf) and session files. */
const manifestSchema = z.object({
  open: z.string(),
  sessions: z.array(z.string()),
  bodies: z.array(z.object({ file: z.string(), signal })),
  files: z.array(z.string()).default([]),
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
  db.transaction(() => {
    for (const file of manifest.files) writeSampleFile(db, sampleDir, file)
  })()
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
    const removeBody = bodyRemover(db)
    const bodies = db.prepare<[number], BodyToRemove>(
      'SELECT id, signal, codec, size, bytes FROM body WHERE origin = ?',
    )
    for (const body of bodies.all(origins.sample)) Array.from(removeBody(body))
    const remover = sessionRemover(db)
    takeSampleFilesBack(db)
    for (const id of db.prepare<[], string>('SELECT id FROM session WHERE sample = 1').pluck().all()) remover.remove(id)
  }).immediate()
  writer.forget()
}
