import { readFile } from 'node:fs/promises'
import { licences } from '../contract/shell.ts'
import type { Licences } from '../contract/shell.ts'

/** What `scripts/licences.mjs` has gathered. */
export async function readLicences(file: string): Promise<Licences> {
  return licences.parse(JSON.parse(await readFile(file, 'utf8')))
}
