// Writes the session files of resources/sample, so that the sample shows its conversation:
//
//   node_modules/node/bin/node scripts/sample/session-files.mjs
//
// The run's own files were not kept. Its telemetry was sent with prompts, arguments, output and answers, so they are written anew from that, in
// the lines that Codex 0.169.0 writes: times, ids, words and counts are the run's. Made are the ids of responses and the order of lines that
// have the same time; what telemetry never holds (instructions, reasoning, the world's state) is not in them.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { requestType } from '../../src/engine/otlp/schema.ts'
import { openForWriting } from '../../src/engine/store/database.ts'
import { openSample } from '../../src/engine/store/sample.ts'
import { createWriter } from '../../src/engine/store/writer.ts'

const target = fileURLToPath(new URL('../../resources/sample/', import.meta.url))
const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'))
for (const file of manifest.files ?? []) rmSync(join(target, file), { force: true })
write({ ...manifest, files: [] })

/** What the run's telemetry says of its one helper. */
const helper = { agent_thread_id: manifest.sessions.at(-1), agent_path: '/root/check_the_api' }
/** All log records of the run. */
let records = []
const folder = mkdtempSync(join(tmpdir(), 'colophon-sample-'))
const db = openForWriting(folder)
try {
  openSample(db, createWriter(db), target)
  const sessions = db
    .prepare("SELECT * FROM session WHERE sample = 1 AND kind IN ('user', 'subagent') ORDER BY first_ns")
    .all()
  records = readdirSync(target)
    .filter((file) => file.endsWith('logs.pb.gz'))
    .flatMap(recordsOf)
  write({ ...manifest, files: sessions.map(fileOf) })
} finally {
  db.close()
  rmSync(folder, { recursive: true, force: true })
}

function write(next) {
  writeFileSync(join(target, 'manifest.json'), `${JSON.stringify(next, null, 2)}\n`)
}

function recordsOf(file) {
  const { resourceLogs } = requestType('logs').decode(gunzipSync(readFileSync(join(target, file))))
  const all = resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
  return all.map(({ attributes }) =>
    Object.fromEntries(
      attributes.map(({ key, value }) => [key, value?.stringValue ?? value?.intValue ?? value?.boolValue]),
    ),
  )
}

/** Writes the file of one session; answers its name. */
function fileOf(session) {
  const { id } = session
  const own = records.filter((record) => record['conversation.id'] === id)
  const turns = db
    .prepare(
      'SELECT turn_id AS turnId, start_ns / 1e6 AS startMs, end_ns / 1e6 AS endMs FROM turn WHERE session_id = ? ORDER BY number',
    )
    .all(id)
  const calls = db
    .prepare("SELECT *, at_ns / 1e6 AS atMs FROM api_call WHERE session_id = ? AND status = 'completed' ORDER BY at_ns")
    .all(id)
  const tools = db
    .prepare('SELECT *, at_ns / 1e6 AS atMs, span_start_ns / 1e6 AS startMs FROM tool_call WHERE session_id = ?')
    .all(id)
  const begun = own.find((record) => record['event.name'] === 'codex.conversation_starts')
  const lines = [
    { atMs: session.first_ns / 1e6, type: 'session_meta', payload: metaOf(session, begun) },
    ...turns.flatMap((turn) => turnLines(session, turn, own, begun)),
    ...calls.map((call, at) => usageLine(session, call, at)),
    ...tools.flatMap((tool) => toolLines(session, tool, own, turns)),
  ]
  const text = lines
    .map((line, index) => ({ ...line, index }))
    .sort((a, b) => Math.floor(a.atMs) - Math.floor(b.atMs) || a.index - b.index)
    .map(
      ({ atMs, type, payload }, ordinal) =>
        `${JSON.stringify({ timestamp: new Date(atMs).toISOString(), ordinal, type, payload })}\n`,
    )
    .join('')
  const started = new Date(session.first_ns / 1e6).toISOString().slice(0, 19).replaceAll(':', '-')
  const name = `rollout-${started}-${id}.jsonl`
  writeFileSync(join(target, name), text)
  return name
}

function metaOf({ id, parent_id: parentId, first_ns: firstNs }, begun) {
  const spawned = {
    subagent: { thread_spawn: { parent_thread_id: parentId, depth: 1, agent_path: '/root/check_the_api' } },
  }
  return {
    ...{ id, session_id: parentId ?? id, timestamp: new Date(firstNs / 1e6).toISOString(), cwd: '/home/dev/shop' },
    ...{ originator: begun.originator, cli_version: begun['app.version'] },
    ...(parentId === null
      ? { source: 'cli', thread_source: 'user' }
      : { source: spawned, thread_source: 'subagent', parent_thread_id: parentId }),
    ...{ model_provider: 'scripted', history_mode: 'paginated' },
  }
}

function turnLines({ id, kind }, { turnId, startMs, endMs }, own, begun) {
  const within = (record) => inTurn(Date.parse(record['event.timestamp']), { startMs, endMs })
  const prompts = own.filter((record) => record['event.name'] === 'codex.user_prompt' && within(record))
  const answers = own.filter(
    (record) => record['event.name'] === 'codex.agent_response' && record['turn.id'] === turnId,
  )
  const ttft = own.find((record) => record['event.name'] === 'codex.turn_ttft' && within(record))
  const context = {
    ...{
      turn_id: turnId,
      root_turn_id: turnId,
      cwd: '/home/dev/shop',
      model: begun.model,
      effort: begun.reasoning_effort,
    },
    ...{ approval_policy: begun.approval_policy, sandbox_policy: { type: begun.sandbox_policy } },
  }
  const item = (atMs, value) =>
    event(atMs, {
      type: 'item_completed',
      thread_id: id,
      turn_id: turnId,
      item: value,
      started_at_ms: Math.floor(atMs),
      completed_at_ms: Math.floor(atMs),
    })
  const words = prompts.map((record) => [Date.parse(record['event.timestamp']), record.prompt])
  return [
    event(startMs, {
      type: 'task_started',
      turn_id: turnId,
      root_turn_id: turnId,
      started_at: Math.floor(startMs / 1000),
    }),
    { atMs: startMs, type: 'turn_context', payload: context },
    ...(kind === 'user' ? words : []).map(([atMs, text], at) =>
      item(Math.max(atMs, startMs), {
        type: 'UserMessage',
        id: `${turnId}-prompt-${at}`,
        content: [{ type: 'text', text }],
      }),
    ),
    ...(kind === 'subagent' ? [taskLine(startMs, turnId)] : []),
    ...answers.map((record) =>
      item(Date.parse(record['event.timestamp']), {
        ...{ type: 'AgentMessage', id: record['item.id'], content: [{ type: 'Text', text: record.response }] },
        phase: 'final_answer',
      }),
    ),
    event(endMs, {
      ...{ type: 'task_complete', turn_id: turnId, last_agent_message: answers.at(-1)?.response ?? null },
      ...{
        started_at: Math.floor(startMs / 1000),
        completed_at: Math.floor(endMs / 1000),
        duration_ms: Math.round(endMs - startMs),
      },
      ...(ttft ? { time_to_first_token_ms: Number(ttft.duration_ms) } : {}),
    }),
  ]
}

/** The helper's task, as its parent gave it. */
function taskLine(atMs, turnId) {
  const task = JSON.parse(
    db.prepare("SELECT call_id FROM tool_call WHERE tool = 'spawn_agent'").pluck().all().map(argumentsOf)[0],
  ).message
  const about = `Message Type: NEW_TASK\nTask name: ${helper.agent_path}\nSender: /root\nPayload:\n${task}`
  const content = [{ type: 'input_text', text: about }]
  const metadata = { internal_chat_message_metadata_passthrough: { turn_id: turnId } }
  return {
    atMs,
    type: 'response_item',
    payload: { type: 'agent_message', author: '/root', recipient: helper.agent_path, content, ...metadata },
  }
}

function argumentsOf(callId) {
  return records.find((record) => record['event.name'] === 'codex.tool_result' && record.call_id === callId).arguments
}

function usageLine({ id, parent_id: parentId }, call, at) {
  const usage = {
    ...{
      input_tokens: call.input_tokens,
      cached_input_tokens: call.cached_tokens,
      cache_write_input_tokens: call.cache_write_tokens,
    },
    ...{ output_tokens: call.output_tokens, reasoning_output_tokens: call.reasoning_tokens },
    total_tokens: call.input_tokens + call.output_tokens,
  }
  const of = { thread_id: id, turn_id: call.turn_id, session_id: parentId ?? id, root_turn_id: call.turn_id }
  return {
    atMs: call.atMs,
    type: 'token_usage_record',
    payload: { ...of, response_id: `resp_${id.slice(-6)}_${at}`, usage },
  }
}

/** The call, what it came to as Codex told the model, and the item of what ran. */
function toolLines({ id }, tool, own, turns) {
  const told = own.find((record) => record['event.name'] === 'codex.tool_result' && record.call_id === tool.call_id)
  const { call_id: callId, startMs, atMs } = tool
  const { turnId } = turns.find((turn) => inTurn(startMs, turn))
  const { arguments: given, output } = told
  const isPatch = tool.tool === 'apply_patch'
  const metadata = { internal_chat_message_metadata_passthrough: { turn_id: turnId } }
  const called = isPatch
    ? { type: 'custom_tool_call', name: tool.tool, input: given, call_id: callId, ...metadata }
    : { type: 'function_call', name: tool.tool, arguments: given, call_id: callId, ...metadata }
  const item = itemOf(tool, given, output)
  return [
    { atMs: startMs, type: 'response_item', payload: called },
    ...(item === null
      ? []
      : [
          event(atMs, {
            type: 'item_completed',
            thread_id: id,
            turn_id: turnId,
            item,
            started_at_ms: Math.floor(startMs),
            completed_at_ms: Math.floor(atMs),
          }),
        ]),
    {
      atMs,
      type: 'response_item',
      payload: {
        type: isPatch ? 'custom_tool_call_output' : 'function_call_output',
        call_id: callId,
        output,
        ...metadata,
      },
    },
  ]
}

function itemOf({ call_id: callId, tool, exit_code: exitCode, run_ms: runMs, atMs, startMs }, given, output) {
  if (tool === 'exec_command') {
    // What was not waited for: a question takes seconds, and the telemetry tells of none below that.
    const wholeMs = Math.floor(atMs) - Math.floor(startMs)
    const ms = wholeMs - runMs > 1000 ? runMs : wholeMs
    return {
      ...{
        type: 'CommandExecution',
        id: callId,
        command: ['/bin/bash', '-lc', JSON.parse(given).cmd],
        cwd: 'file:///home/dev/shop',
        parsed_cmd: [],
      },
      ...{ source: 'unified_exec_startup', status: exitCode === 0 ? 'completed' : 'failed', exit_code: exitCode },
      ...{
        duration: { secs: Math.floor(ms / 1000), nanos: Math.round((ms % 1000) * 1e6) },
        aggregated_output: output.replace(/^[\s\S]*?\nOutput:\n/, ''),
      },
    }
  }
  if (tool === 'spawn_agent') {
    const { agent_thread_id, agent_path } = helper
    return {
      type: 'SubAgentActivity',
      id: callId,
      kind: 'started',
      agent_thread_id,
      agent_path,
      model: 'gpt-5.5',
      reasoning_effort: 'medium',
    }
  }
  if (tool !== 'apply_patch') return null
  const [, path, diff] = /^\*\*\* Update File: (.*)\n([\s\S]*?)\n\*\*\* End Patch/m.exec(given)
  return {
    ...{
      type: 'FileChange',
      id: callId,
      changes: { [`/home/dev/shop/${path}`]: { type: 'update', unified_diff: `${diff}\n`, move_path: null } },
    },
    ...{ status: 'completed', stdout: output, stderr: '' },
  }
}

function event(atMs, payload) {
  return { atMs, type: 'event_msg', payload }
}

function inTurn(ms, { startMs, endMs }) {
  return ms >= startMs - 1000 && ms <= endMs + 1000
}
