import { isLeftOut } from '../exchange/redaction.ts'

/** The words that tell one call from another, by the names that Codex's tools use, in this order. */
const tellingKeys = ['cmd', 'command', 'task_name', 'query', 'path', 'url', 'message', 'prompt', 'text', 'input']

const longest = 200

/** One line of what a tool was asked to do; null when there were none, or they were left out. */
export function describeArguments(args: string): string | null {
  if (args === '' || isLeftOut(args)) return null
  if (args.startsWith('*** Begin Patch')) return describePatch(args)
  return oneLine(telling(args) ?? args)
}

function telling(args: string): string | null {
  if (!args.startsWith('{') || args.length > 200_000) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(args)
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null) return null
  for (const key of tellingKeys) {
    const value: unknown = Object.hasOwn(parsed, key) ? (parsed as Record<string, unknown>)[key] : undefined
    if (typeof value === 'string' && value !== '') return value
    if (Array.isArray(value) && value.length > 0) return value.map(String).join(' ')
  }
  return null
}

/** `cart.mjs +1 −1`: the files of a patch and its added and removed lines. */
function describePatch(patch: string): string {
  const files: string[] = []
  let added = 0
  let removed = 0
  for (const line of patch.split('\n')) {
    const file = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/.exec(line)
    if (file !== null) files.push(file[1] as string)
    else if (line.startsWith('+')) added++
    else if (line.startsWith('-')) removed++
  }
  const names = files.length > 2 ? `${files.slice(0, 2).join(', ')} and ${files.length - 2} more` : files.join(', ')
  return oneLine(`${names} +${added} −${removed}`)
}

function oneLine(value: string): string {
  const line = value
    .slice(0, longest * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
