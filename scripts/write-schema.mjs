/**
 * Writes the JSON Schemas in docs/: of exported sessions and of the HTTP API, as the program itself checks both, and of what commands
 * print with --json. `--check` only tells whether they are up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { commandResults } from '../src/contract/commands.ts'
import { procedures } from '../src/contract/index.ts'
import { bytes } from '../src/contract/procedure.ts'
import { sessionFileSchema } from '../src/model/exchange/session-file.ts'

const schemas = {
  'colophon.session.schema.json': sessionFileSchema(),
  'colophon.api.schema.json': apiSchema(),
  'colophon.commands.schema.json': commandsSchema(),
}

for (const [name, schema] of Object.entries(schemas)) {
  const file = new URL(`../docs/${name}`, import.meta.url)
  const options = (await resolveConfig(file)) ?? {}
  const text = await format(JSON.stringify(schema), { ...options, parser: 'json' })
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`docs/${name} is not up to date: run \`node scripts/write-schema.mjs\`.`)
    process.exitCode = 1
  }
}

function schemaOf(type, io) {
  const schema = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  delete schema.$schema
  return schema
}

/** One schema with a definition for each command that knows --json: `#/$defs/show`. */
function commandsSchema() {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'colophon.commands.schema.json',
    title: 'What Colophon’s commands print with --json',
    $defs: Object.fromEntries(Object.entries(commandResults).map(([name, type]) => [name, schemaOf(type, 'output')])),
  }
}

/** One schema with a definition for what each procedure takes and gives: `#/$defs/session.list/params`. */
function apiSchema() {
  const definitions = Object.entries(procedures).map(([name, { params, result }]) => {
    const given =
      result === bytes ? { description: 'One binary block, application/octet-stream.' } : schemaOf(result, 'output')
    return [name, { params: schemaOf(params, 'input'), result: given }]
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'colophon.api.schema.json',
    title: 'What the procedures of Colophon’s HTTP API take and give',
    $defs: Object.fromEntries(definitions),
  }
}
