import type { PromptChange } from '../../model/findings/context.ts'
import type { Db } from '../store/database.ts'

/**
 * When the tools or instructions of a session's prompt changed: as its file says, and where it was started again with other MCP servers.
 * `base` in Unix nanoseconds.
 */
export function promptChangeReader(db: Db): (sessionId: string, base: bigint) => PromptChange[] {
  const told = db.prepare<object, PromptChange>(
    `SELECT DISTINCT at_ms * 1000000 - @base AS at, what FROM rollout_prompt_change
     WHERE session_id = @sessionId ORDER BY at_ms, what`,
  )
  const starts = db.prepare<object, { at: number; servers: string }>(
    // Without any, Codex writes an empty text, which is kept as none.
    `SELECT at_ns - @base AS at, coalesce(mcp_servers, '') AS servers FROM session_start
     WHERE session_id = @sessionId ORDER BY at_ns`,
  )
  return (sessionId, base) => {
    const of = starts.all({ sessionId, base })
    const others = of.filter(({ servers }, i) => i > 0 && namesIn(servers) !== namesIn(of[i - 1]?.servers ?? ''))
    return [...told.all({ sessionId, base }), ...others.map(({ at }): PromptChange => ({ at, what: 'tools' }))]
  }
}

/** Codex lists them in any order. */
function namesIn(servers: string): string {
  return servers.split(', ').sort().join(', ')
}
