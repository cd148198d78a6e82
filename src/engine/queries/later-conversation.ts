import { loadOnce } from '../load-once.ts'
import type { Db } from '../store/database.ts'
import type { conversationQueries } from './conversation.ts'

type Queries = ReturnType<typeof conversationQueries>

/** What reads a conversation is a tenth of a reader's code, and is loaded with the first that is opened. */
export function laterConversation(db: Db): Queries {
  const loaded = loadOnce(async (): Promise<Queries> => (await import('./conversation.ts')).conversationQueries(db))
  return {
    'session.conversation': async (params) => (await loaded())['session.conversation'](params),
    'conversation.text': async (params) => (await loaded())['conversation.text'](params),
    'conversation.find': async (params) => (await loaded())['conversation.find'](params),
  }
}
