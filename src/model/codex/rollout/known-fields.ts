import type { Attributes } from '../../attributes.ts'
import { asPart, part } from './payload.ts'

const line = 'timestamp ordinal type payload metadata'
const turn = 'type turn_id root_turn_id started_at completed_at duration_ms'
const item = 'type thread_id turn_id item started_at_ms completed_at_ms'
const context = 'type id call_id status internal_chat_message_metadata_passthrough'

/** Of each kind of line that is read, the fields that its payload has been seen with; of items theirs as well. */
const fields: Readonly<Record<string, string>> = {
  session_meta: `id session_id timestamp cwd runtime_workspace_roots originator cli_version source thread_source model_provider base_instructions
    instructions history_mode context_window account_scoped parent_thread_id forked_from_id forked_from_ordinal_exclusive history_base
    subagent_history_start_ordinal agent_nickname agent_path agent_role multi_agent_version git creator_user_id creator_account_id memory_mode
    dynamic_tools`,
  turn_context: `turn_id root_turn_id trace_id cwd workspace_roots model effort personality summary approval_policy approvals_reviewer sandbox_policy
    file_system_sandbox_policy permission_profile network collaboration_mode multi_agent_version comp_hash current_date timezone realtime_active
    truncation_policy disabled_plugin_ids user_instructions developer_instructions final_output_json_schema`,
  token_usage_record: 'response_id session_id thread_id turn_id root_turn_id usage turn_token_usage thread_token_usage',
  compacted: `message replacement_history replacement_history_metadata retained_context window_number window_id first_window_id previous_window_id
    compaction_response_id latest_token_usage_record resume_metadata`,
  'event_msg/task_started': `${turn} trace_id model_context_window collaboration_mode_kind turn_attribution`,
  'event_msg/task_complete': `${turn} error last_agent_message time_to_first_token_ms`,
  'event_msg/turn_aborted': `${turn} reason`,
  'event_msg/token_count': 'type info rate_limits',
  'event_msg/error': 'type turn_id message codex_error_info',
  'event_msg/user_message': 'type turn_id message kind images local_images audio local_audio text_elements',
  'event_msg/patch_apply_end': 'type turn_id call_id changes status success stdout stderr',
  'event_msg/mcp_tool_call_end': 'type turn_id call_id invocation duration result',
  'event_msg/item_completed/UserMessage': `${item} item.type item.id item.content item.client_id`,
  'event_msg/item_completed/CommandExecution': `${item} item.type item.id item.command item.cwd item.parsed_cmd item.source item.status
    item.exit_code item.duration item.aggregated_output item.process_id`,
  'event_msg/item_completed/FileChange': `${item} item.type item.id item.changes item.status item.stdout item.stderr`,
  'event_msg/item_completed/McpToolCall': `${item} item.type item.id item.server item.tool item.arguments item.status item.result item.duration
    item.error`,
  'event_msg/item_completed/SubAgentActivity': `${item} item.type item.id item.kind item.agent_thread_id item.agent_path item.model
    item.reasoning_effort`,
  'event_msg/item_completed/ContextCompaction': `${item} item.type item.id`,
  'response_item/function_call': `${context} name namespace arguments`,
  'response_item/function_call_output': `${context} output`,
  'response_item/custom_tool_call': `${context} name namespace input`,
  'response_item/custom_tool_call_output': `${context} output`,
}

interface KnownFields {
  readonly payload: ReadonlySet<string>
  /** Of the item in it, where it has one. */
  readonly item: ReadonlySet<string> | null
}

const ofLines = new Set(line.split(' '))
const known = new Map(Object.entries(fields).map(([kind, names]) => [kind, knownIn(names.split(/\s+/))]))

function knownIn(names: readonly string[]): KnownFields {
  const items = names.filter((name) => name.startsWith('item.')).map((name) => name.slice('item.'.length))
  return { payload: new Set(names), item: items.length === 0 ? null : new Set(items) }
}

const nothing: readonly string[] = []

/** Fields of a parsed line that no line of its kind has been seen with, as `KIND.FIELD`: names of the format, never what stands in them. */
export function newFieldsOf(kind: string, parsed: unknown): readonly string[] {
  const names = known.get(kind)
  if (names === undefined) return nothing
  const whole = asPart(parsed as Attributes)
  const payload = part(whole, 'payload')
  const [ofLine, ofPayload] = [newIn(whole, ofLines), newIn(payload, names.payload)]
  const ofItem = names.item === null ? nothing : newIn(part(payload, 'item'), names.item)
  if (ofLine.length + ofPayload.length + ofItem.length === 0) return nothing
  const found = [...ofLine, ...ofPayload, ...ofItem.map((name) => `item.${name}`)]
  return found.map((name) => `${kind}.${name.slice(0, 80)}`)
}

/** Nearly every line has none. */
function newIn(of: Attributes, names: ReadonlySet<string>): readonly string[] {
  for (const name in of) if (!names.has(name)) return Object.keys(of).filter((each) => !names.has(each))
  return nothing
}
