import type { ReadResourceResult } from '@modelcontextprotocol/sdk/types.js'
import type { RedactionKind } from '../../model/exchange/redaction.ts'
import type { Asking } from '../asking.ts'
import { nameFor } from '../session-shape.ts'
import { usualKib } from '../tool.ts'

export const sessionTemplate = {
  uriTemplate: 'colophon://session/{id}',
  name: 'session',
  title: 'Summary of a session',
  description: 'One Codex session in Markdown: figures, findings, where the time went, turns, errors.',
  mimeType: 'text/markdown',
}

const pattern = /^colophon:\/\/session\/([^/?#]+)$/
const mostBytes = usualKib * 1024
const mostListed = 20

/** The id that an address names; null where it is none of a session. */
export function sessionOfUri(uri: string): string | null {
  const [, id] = pattern.exec(uri) ?? []
  try {
    return id === undefined ? null : decodeURIComponent(id)
  } catch {
    return null
  }
}

/** The newest ones. */
export async function listedSessions({
  ask,
  content,
}: Asking): Promise<{ uri: string; name: string; mimeType: string }[]> {
  const { sessions } = await ask('session.list', { helpers: false, limit: mostListed })
  return sessions.map((session) => ({
    uri: `colophon://session/${encodeURIComponent(session.id)}`,
    name: `${new Date(session.startedAtMs).toISOString().slice(0, 16).replace('T', ' ')} ${nameFor(session, content)}`,
    mimeType: sessionTemplate.mimeType,
  }))
}

/** As the export in Markdown, redacted as exports are. */
export async function readSession(uri: string, id: string, asking: Asking): Promise<ReadResourceResult> {
  const { content, markdown, find } = asking
  const hidden: RedactionKind[] = ['secrets']
  if (!content.shows('prompt')) hidden.push('prompts')
  if (!content.shows('arguments')) hidden.push('arguments')
  if (!content.shows('output')) hidden.push('output')
  const text = await markdown(find(id), hidden)
  return { contents: [{ uri, mimeType: sessionTemplate.mimeType, text: begun(text) }] }
}

/** Whole lines of it, with what is missing said. */
function begun(text: string): string {
  if (Buffer.byteLength(text) <= mostBytes) return text
  const rest = '\n… the rest is left out: session_timeline, failures and show_row tell it.\n'
  const room = Buffer.from(text)
    .subarray(0, mostBytes - Buffer.byteLength(rest))
    .toString()
  return `${room.slice(0, room.lastIndexOf('\n'))}${rest}`
}
