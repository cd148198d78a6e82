import { text, type Attributes } from '../../attributes.ts'
import { headline } from '../settle/headline.ts'
import { asPart } from './payload.ts'

/**
 * The titles of sessions by `session_index.jsonl`: a line `{id, thread_name, updated_at}` for each that Codex or its user gave, appended, so
 * that the last one of a session counts. A half-written line, and one that says nothing, is passed over.
 */
export function titlesOf(lines: string): ReadonlyMap<string, string> {
  const titles = new Map<string, string>()
  for (const line of lines.split('\n')) {
    const told = parsed(line)
    const [id, title] = [text(told, 'id'), headline(text(told, 'thread_name'))]
    if (id !== null && title !== null) titles.set(id, title)
  }
  return titles
}

function parsed(line: string): Attributes {
  try {
    return asPart(JSON.parse(line) as Attributes)
  } catch {
    return {}
  }
}
