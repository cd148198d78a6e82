import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const longId = '01a22214-0000-7000-8000-000000000000'

function line(type: string, payload: object): string {
  return `${JSON.stringify({ timestamp: '2026-11-28T12:00:00.000Z', type, payload })}\n`
}

const [pieces, turnsEach] = [12, 1000]
export const turnsOfLong = pieces * turnsEach

/** A session file of several pieces: turns whose ids begin with `name`, and long lines between that say nothing. */
export function writeLong(home: string, name = 'turn', id = longId): string {
  const folder = join(home, 'sessions', '2026', '11', '28')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `rollout-2026-11-28T12-00-00-${id}.jsonl`)
  writeFileSync(path, line('session_meta', { id, timestamp: '2026-11-28T12:00:00.000Z', cwd: '/work' }))
  for (let piece = 0; piece < pieces; piece++) {
    const turns = Array.from({ length: turnsEach }, (_, n) =>
      line('event_msg', { type: 'task_started', turn_id: `${name}-${String(piece)}-${String(n)}` }),
    )
    appendFileSync(path, turns.join('') + line('world_state', { state: 'x'.repeat(900_000) }))
  }
  return path
}
