import type { Attributes } from '../../attributes.ts'
import type { LineCursor, Payload } from './line-cursor.ts'

/** Calls, what the model was told of them, and commands that ran: half of the lines that tell anything. Others are seldom, and parsed. */
export function functionCall(line: LineCursor): Payload | null {
  line.text('"type":"function_call","id":"')
  const name = line.text('"name":"')
  const namespace = line.mayTake('"namespace":"') ? { namespace: line.text('') } : {}
  const args = line.anyText('"arguments":')
  const call_id = line.text(',"call_id":"')
  return ended(line, { name, ...namespace, arguments: args, call_id })
}

export function customToolCall(line: LineCursor): Payload | null {
  line.text('"type":"custom_tool_call","id":"')
  line.text('"status":"')
  const call_id = line.text('"call_id":"')
  const name = line.text('"name":"')
  const input = line.anyText('"input":')
  line.take(',')
  return ended(line, { name, input, call_id })
}

export const functionCallOutput = outputOf('function_call_output')
export const customToolCallOutput = outputOf('custom_tool_call_output')

function outputOf(type: string): (line: LineCursor) => Payload | null {
  const beginning = `"type":"${type}","id":"`
  return (line) => {
    line.text(beginning)
    const call_id = line.text('"call_id":"')
    const output = line.anyText('"output":')
    line.take(',')
    return ended(line, { call_id, output })
  }
}

/** An item of the model's context ends with its turn, and with what numbers it. */
function ended(line: LineCursor, payload: Attributes): Payload | null {
  const turn_id = line.text('"internal_chat_message_metadata_passthrough":{"turn_id":"', '"')
  if (line.mayTake(',"create_time":')) {
    line.number('')
    if (line.mayTake('.')) line.number('')
  }
  line.take('}}')
  if (line.mayTake(',"metadata":{')) line.passOver('')
  line.take('}')
  return line.isAtEnd ? { payload: { ...payload, internal_chat_message_metadata_passthrough: { turn_id } } } : null
}

export function commandExecution(line: LineCursor): Payload | null {
  const thread_id = line.text('"type":"item_completed","thread_id":"')
  const turn_id = line.text('"turn_id":"')
  const id = line.text('"item":{"type":"CommandExecution","id":"')
  if (line.mayTake('"process_id":"')) line.text('')
  line.passOverList('"command":[')
  line.text(',"cwd":"')
  line.passOverList('"parsed_cmd":[')
  const source = line.text(',"source":"')
  const status = line.text('"status":"')
  const aggregated_output = line.anyText('"aggregated_output":')
  line.take(',"exit_code":')
  const exit_code = line.mayTake('-') ? -line.number('') : line.number('')
  const secs = line.number(',"duration":{"secs":')
  const nanos = line.number(',"nanos":')
  const started_at_ms = line.number('}},"started_at_ms":')
  const completed_at_ms = line.number(',"completed_at_ms":')
  line.take('}}')
  if (!line.isAtEnd) return null
  const item = { id, source, status, aggregated_output, exit_code, duration: { secs, nanos } }
  return { payload: { thread_id, turn_id, item, started_at_ms, completed_at_ms } }
}
