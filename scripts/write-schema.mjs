/** Writes the JSON Schema of exported sessions, as the program itself checks them. */
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { sessionFileSchema } from '../src/model/exchange/session-file.ts'

const file = new URL('../docs/colophon.session.schema.json', import.meta.url)
const options = (await resolveConfig(file)) ?? {}
writeFileSync(file, await format(JSON.stringify(sessionFileSchema()), { ...options, parser: 'json' }))
