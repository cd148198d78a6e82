import { text, type AttributeValue } from '../../../attributes.ts'
import { countOf } from '../../../counts.ts'
import { withoutCredentials } from '../../repository.ts'
import type { ThreadKind } from '../facts.ts'
import { asPart, part } from '../payload.ts'
import type { RecordReader } from '../record.ts'

/** The first line. A copy of an ancestor's may follow it: that one names another thread. */
export const sessionMeta: RecordReader = {
  kind: 'session_meta',
  read: ({ payload, atMs }, state) => {
    const { threadId, rolloutId } = state
    const ancestors = [text(payload, 'id'), text(payload, 'forked_from_id')].filter(
      (id) => id !== null && id !== threadId && state.ancestors?.includes(id) !== true,
    ) as string[]
    if (ancestors.length > 0) state.ancestors = [...(state.ancestors ?? []), ...ancestors]
    if (text(payload, 'id') !== threadId) return []
    const kind = kindOf(payload.source, text(payload, 'thread_source'))
    state.kind = kind
    const git = part(payload, 'git')
    const repository = text(git, 'repository_url')
    const base = part(payload, 'history_base')
    const spawned = part(part(part(payload, 'source'), 'subagent'), 'thread_spawn')
    const parentId = text(payload, 'parent_thread_id') ?? text(spawned, 'parent_thread_id')
    const forkedFromId = text(payload, 'forked_from_id')
    const opened = Date.parse(text(payload, 'timestamp') ?? '')
    return [
      {
        fact: 'rollout_thread',
        sessionId: threadId,
        rolloutId,
        atMs: opened <= atMs ? opened : atMs,
        kind,
        rootId: text(payload, 'session_id'),
        parentId,
        // A sub-agent that inherits its parent's turns names it here, too, and is no fork for that.
        forkedFromId: forkedFromId === parentId ? null : forkedFromId,
        baseRolloutId: text(base, 'thread_id'),
        baseOrdinal: countOf(base, 'end_ordinal_exclusive'),
        agentPath: text(payload, 'agent_path') ?? text(spawned, 'agent_path'),
        originator: text(payload, 'originator'),
        version: text(payload, 'cli_version'),
        provider: text(payload, 'model_provider'),
        folder: text(payload, 'cwd'),
        branch: text(git, 'branch'),
        commit: text(git, 'commit_hash'),
        repository: repository === null ? null : withoutCredentials(repository),
        user: text(payload, 'creator_user_id'),
      },
    ]
  },
}

/** By `source`, else `thread_source`; the originator is the root's for every thread below it. */
function kindOf(source: AttributeValue | undefined, threadSource: string | null): ThreadKind {
  if (typeof source === 'object' && source !== null && 'subagent' in source) {
    const { subagent } = source
    if (subagent === 'review') return 'review'
    return text(asPart(subagent), 'other') === 'guardian' ? 'guardian' : 'subagent'
  }
  if (threadSource === 'guardian_review') return 'guardian'
  return threadSource === 'subagent' ? 'subagent' : 'user'
}
