import type { ParsedParams, Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import { editItem } from '../../model/codex/conversation/edit-item.ts'
import type { ConversationItem } from '../../model/codex/conversation/item.ts'
import { holdsWords, partOf } from '../../model/codex/conversation/parts.ts'
import { placeOf, positionOf, type SoughtPlace } from '../../model/codex/conversation/transcript.ts'
import { importedSaid } from '../exchange/said.ts'
import { quotingOf } from '../history/conversation/quoting.ts'
import { keepTranscripts, type SessionTranscript } from '../history/conversation/session-transcript.ts'
import type { Db } from '../store/database.ts'

export type ConversationProcedure = 'session.conversation' | 'conversation.text' | 'conversation.find'

type Handlers = { [K in ConversationProcedure]: (params: ParsedParams<K>) => Promise<Value<K>> }

/** Of one text of a page; the whole is asked for. */
const longestText = 16 * 1024
const longestImage = 512 * 1024
/** Items whose words are in memory at once while all of them are looked through. */
const atOnce = 200
const mostFound = 10_000

/** Nothing of a transcript is in the database: it is read from Codex's files whenever somebody looks. */
export function conversationQueries(db: Db): Handlers {
  const paths = db
    .prepare<[string], string>('SELECT path FROM rollout_file WHERE thread_id = ? ORDER BY rollout_id')
    .pluck()
  const isKnown = db.prepare<[string], number>('SELECT 1 FROM session WHERE id = ?').pluck()
  const transcripts = keepTranscripts()

  async function read<T>(id: string, answer: (told: Told) => Promise<T>): Promise<T> {
    if (isKnown.get(id) === undefined) throw new ProcedureError('not_found', `no session ${id}`)
    const own = paths.all(id)
    const imported = own.length > 0 ? [] : importedSaid(db, id)
    return answer(imported.length > 0 ? toldByImport(imported) : toldByFiles(await transcripts.of(id, own)))
  }

  return {
    'session.conversation': ({ id, offset, limit, sought }) =>
      read(id, async ({ files, imported, places, items }) => ({
        files: [...files],
        imported,
        total: places.length,
        offset,
        items: [...(await items(offset, offset + limit, quotingOf(db, longestText, longestImage)))],
        position: sought === undefined ? null : positionOf(places, sought),
      })),

    'conversation.text': ({ id, key, part }) =>
      read(id, async ({ keys, items }) => {
        const at = keys.indexOf(key)
        const [item] = at < 0 ? [] : await items(at, at + 1, quotingOf(db, Infinity, Infinity))
        return { text: item === undefined ? null : partOf(item, part) }
      }),

    'conversation.find': ({ id, words }) =>
      read(id, async ({ keys, items }) => {
        const quoting = quotingOf(db, Infinity, 0)
        const positions: number[] = []
        for (let from = 0; from < keys.length && positions.length < mostFound; from += atOnce) {
          const read = await items(from, from + atOnce, quoting)
          read.forEach((item, index) => {
            if (holdsWords(item, words)) positions.push(from + index)
          })
          await breath()
        }
        return { positions: positions.slice(0, mostFound) }
      }),
  }
}

/** A transcript, whoever keeps it. */
interface Told extends Pick<SessionTranscript, 'files' | 'items'> {
  readonly imported: boolean
  readonly keys: readonly string[]
  readonly places: readonly SoughtPlace[]
}

function toldByFiles({ files, standees, items }: SessionTranscript): Told {
  return { files, imported: false, keys: standees.map(({ key }) => key), places: standees.map(placeOf), items }
}

function toldByImport(said: readonly ConversationItem[]): Told {
  return {
    files: [],
    imported: true,
    keys: said.map(({ key }) => key),
    places: said,
    items: (from, to, quoting) => Promise.resolve(said.slice(from, to).map((item) => editItem(item, quoting))),
  }
}

/** Lets the thread hear what else is asked. */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
