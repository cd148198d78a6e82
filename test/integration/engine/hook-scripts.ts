import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const doc = readFileSync(new URL('../../../docs/hooks.md', import.meta.url), 'utf8')

/** Puts a script into a folder as docs/hooks.md shows it, and says where. */
export function writeHook(folder: string, name: string): string {
  const code = new RegExp(`\`\`\`js ${name}\n([^]*?)\`\`\``).exec(doc)?.[1]
  if (code === undefined) throw new Error(`${name} is not in the page`)
  const file = join(folder, name)
  writeFileSync(file, code)
  return file
}
