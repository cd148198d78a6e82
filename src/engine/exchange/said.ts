import { editItem } from '../../model/codex/conversation/edit-item.ts'
import { conversationItem } from '../../model/codex/conversation/item.ts'
import { textRedactor } from '../../model/exchange/redact-text.ts'
import type { RedactionKind, Tally } from '../../model/exchange/redaction.ts'
import type { SaidItem } from '../../model/exchange/session-file.ts'
import type { ContentRedaction } from '../../model/genai/content-words.ts'
import { quotingOf } from '../history/conversation/quoting.ts'
import { keepTranscripts } from '../history/conversation/session-transcript.ts'
import { familyOf } from '../queries/tree-facts.ts'
import type { Db } from '../store/database.ts'

/** Of each text; Codex keeps no longer output of a tool. */
const longestText = 64 * 1024
/** Items whose words are read at once. */
const atOnce = 200

/** What was said and done in a session and the helpers below it: out of Codex's files, else as an import brought it. Images stay in the file. */
export async function readSaid(db: Db, id: string): Promise<readonly SaidItem[]> {
  const said: SaidItem[] = []
  for (const sessionId of familyOf(db, id))
    for (const item of await itemsOf(db, sessionId)) said.push({ sessionId, item })
  return said
}

async function itemsOf(db: Db, sessionId: string): Promise<readonly SaidItem['item'][]> {
  const paths = db
    .prepare<[string], string>('SELECT path FROM rollout_file WHERE thread_id = ? ORDER BY rollout_id')
    .pluck()
  const { standees, items } = await keepTranscripts().of(sessionId, paths.all(sessionId))
  if (standees.length === 0) return importedSaid(db, sessionId)
  const quoting = quotingOf(db, longestText, 0)
  const read: SaidItem['item'][] = []
  for (let from = 0; from < standees.length; from += atOnce) read.push(...(await items(from, from + atOnce, quoting)))
  return read
}

/** What an import brought of a session whose files are not here. */
export function importedSaid(db: Db, sessionId: string): readonly SaidItem['item'][] {
  return db
    .prepare<[string], string>('SELECT item FROM import_said WHERE session_id = ? ORDER BY position')
    .pluck()
    .all(sessionId)
    .map((item) => conversationItem.parse(JSON.parse(item)))
}

const contentKinds = ['prompts', 'arguments', 'output'] as const satisfies readonly (RedactionKind & ContentRedaction)[]

/** Takes what the kinds name out of a conversation, as it is taken out of the records. */
export function redactSaid(
  said: readonly SaidItem[],
  kinds: ReadonlySet<RedactionKind>,
  folders: readonly string[],
  tally: Tally,
): readonly SaidItem[] {
  const leavesOut = new Set<ContentRedaction>(contentKinds.filter((kind) => kinds.has(kind)))
  const edit = textRedactor(kinds, folders, tally)
  return said.map(({ sessionId, item }) => ({ sessionId, item: editItem(item, { leavesOut, edit }) }))
}
