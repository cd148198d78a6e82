/**
 * What a raw span of Codex is about, told by its name (0.169.0 to 0.171.0). `session`: when turns begin and end. `network`: requests to
 * the model and their streams. `tools`: calls and their commands. `startup`: what goes before the work (sign-in, environment, list of
 * models, MCP servers, instructions), also where a turn looks at it again. `internal`: everything else, Codex's own housekeeping.
 */
export const spanCategories = ['session', 'network', 'tools', 'startup', 'internal'] as const
export type SpanCategory = (typeof spanCategories)[number]

const patterns: readonly (readonly [SpanCategory, RegExp])[] = [
  ['internal', /^(?:append_items|persist_rollout_items|fs\.|realtime_conversation\.|session\.flush_rollout|flush_)/],
  ['startup', /^(?:startup_prewarm|consume_startup_prewarm|session_init|new$|initialize$|auth$|login)/],
  ['startup', /^(?:app_server\.thread_start|thread\/(?:start|resume)$|account\/|shell_snapshot|environments?\.)/],
  ['startup', /^(?:get_model_info|list_models|model\/|refresh_available_models|start_server_task|make_rmcp_client)/],
  ['startup', /^(?:mcp\.(?:runtime|request)|list_tools|load_|config|plugins?_|exec_server\.environment)/],
  ['startup', /^(?:agents_md|instructions|skills|capability_roots|recommended_plugin|prepare_tool_recommendations)/],
  [
    'network',
    /^(?:codex\.sampling|(?:try_)?run_sampling_request|stream_request|receiving|handle_responses?|endpoint_session\.)/,
  ],
  ['network', /^(?:responses(?:_websocket)?\.|model_client\.|codex\.exec_server\.http_request)/],
  // How long connections to MCP servers stay open, which is as long as the session.
  ['network', /^(?:mcp\.http|serve_inner$|transport_worker$|streamable_http_session$)/],
  [
    'tools',
    /^(?:handle_tool_call|dispatch_tool_call|codex\.tool_blocking|tool_dispatch\.|drain_in_flight|build_tool_call)/,
  ],
  [
    'tools',
    /^(?:handle_output_item_done|unified_exec\.|codex\.process\.spawn|mcp\.tools\.|mcp__|collaboration[a-z]|code_mode\.)/,
  ],
  [
    'tools',
    /^(?:(?:exec|exec_command|write_stdin|shell|apply_patch|update_plan|view_image)$|guardian_|decide_request)/,
  ],
  ['session', /^(?:session_loop|codex\.exec|session_task\.|turn\/|thread\/|run_turn|codex\.turn_input|regular_task\.)/],
  [
    'session',
    /^(?:run_[a-z_]*hooks?$|op\.dispatch\.|emit_turn_|run_hooks_and_record_inputs|codex\.compaction|run_(?:auto|pre_sampling)_compact)/,
  ],
]

/** A tool's span has the tool's own name, whatever that is: below a call, what no name tells counts as tool use. */
export function categoryOfSpan(name: string, isInCall: boolean): SpanCategory {
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? (isInCall ? 'tools' : 'internal')
}

/** What a start-up goes to, told by the names of its spans; what else it holds is the thread's own making. */
export const startParts = ['authentication', 'environment', 'models', 'mcp'] as const
export type StartPart = (typeof startParts)[number]

const partPatterns: Readonly<Record<StartPart, RegExp>> = {
  authentication: /^(?:auth$|login|account\/|session_init\.auth)/,
  environment: /^(?:environments?\.|exec_server\.environment|shell_snapshot)/,
  models: /^(?:get_model_info|list_models|model\/|refresh_available_models|get_default_model)/,
  mcp: /^(?:mcp\.(?:runtime|request|http)|start_server_task|make_rmcp_client|list_tools|initialize$|session_init\.(?:mcp|required_mcp))/,
}

export function startPartOf(name: string): StartPart | null {
  return startParts.find((part) => partPatterns[part].test(name)) ?? null
}
