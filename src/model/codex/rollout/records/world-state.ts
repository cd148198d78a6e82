import { isInherited } from '../inherited.ts'
import { part } from '../payload.ts'
import type { RecordReader } from '../record.ts'

/** Of what Codex tells the model of its world, which parts are tools, and which are instructions. */
const told = new Map<string, 'tools' | 'instructions'>([
  ['tools', 'tools'],
  ['top_level_tools', 'tools'],
  ['agents_md', 'instructions'],
  ['apps_instructions', 'instructions'],
  ['environments_instructions', 'instructions'],
  ['host_skills', 'instructions'],
  ['managed_developer_instructions', 'instructions'],
  ['multi_agent_usage_hint', 'instructions'],
  ['orchestrator_skills', 'instructions'],
  ['personality', 'instructions'],
  ['plugins_instructions', 'instructions'],
  ['skills', 'instructions'],
])

/** What has changed in it before a model call. */
export const worldStatePatch: RecordReader = {
  kind: 'world_state/patch',
  read: ({ payload, atMs }, { threadId, turnId, rolloutId }) => {
    if (isInherited(turnId, threadId)) return []
    const changed = new Set(Object.keys(part(payload, 'state')).flatMap((key) => told.get(key) ?? []))
    return [...changed].map((what) => ({
      fact: 'rollout_prompt_change',
      sessionId: threadId,
      turnId,
      rolloutId,
      atMs,
      what,
    }))
  },
}
