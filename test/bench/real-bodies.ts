import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const folder = new URL('../fixtures/captures/22_many_steps/', import.meta.url)

/** The full trace bodies, 512 spans each, of a real run that streamed long answers. */
export function realTraceBodies(): readonly Buffer[] {
  return readdirSync(folder)
    .filter((file) => file.includes('-traces.pb'))
    .sort()
    .map((file) => gunzipSync(readFileSync(new URL(file, folder))))
}
