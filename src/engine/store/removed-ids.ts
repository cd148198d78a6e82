import type { Db } from './database.ts'

/** The ids of sessions that the user deleted, and their helpers', with the service whose conversation each is. */
export interface RemovedIds {
  isEmpty(): boolean
  has(id: string): boolean
  /** Which of them a record of this service means by a conversation; null where it is none of them. */
  meant(conversation: string, service: string): string | null
  /** `ofId` is the session that was deleted. */
  add(id: string, ofId: string): void
  reload(): void
}

export function removedIds(db: Db): RemovedIds {
  const read = db.prepare<[], [string, string | null]>('SELECT session_id, service FROM removed_session').raw()
  const write = db.prepare(
    `INSERT INTO removed_session (session_id, of_id, at_ms, service)
     VALUES (@id, @ofId, @atMs, (SELECT min(service) FROM genai_told WHERE conversation = @id AND session_id = @id))
     ON CONFLICT DO UPDATE SET done = 0`,
  )
  let services = new Map<string, string | null>()
  const reload = (): void => {
    services = new Map(read.all())
  }
  reload()
  return {
    isEmpty: () => services.size === 0,
    has: (id) => services.has(id),
    meant(conversation, service) {
      const own = services.get(conversation)
      if (own === null || own === service) return conversation
      const ofService = `${conversation}@${service}`
      return services.has(ofService) ? ofService : null
    },
    add(id, ofId) {
      write.run({ id, ofId, atMs: Date.now() })
      reload()
    },
    reload,
  }
}
