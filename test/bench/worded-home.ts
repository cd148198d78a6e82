import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How long texts are, in characters, as in sessions of hours: a prompt, a reply, what a command printed. */
const lengths = { prompt: 300, reply: 700, output: 3000 }

/** Session files whose texts are as long as those of real work, cut out of the project's own sources; each text once. */
export function makeWordedHome(folder: string): string {
  const home = join(folder, 'worded')
  const day = join(home, 'sessions', '2026', '01', '01')
  mkdirSync(day, { recursive: true })
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|vue|sql)$/.test(name))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n')
  let [at, file] = [0, 0]
  const take = (length: number): string => source.slice(at, (at += length))
  while (at < source.length) {
    const id = `019b0000-0000-7000-8000-${String(file++).padStart(12, '0')}`
    const lines = [line('session_meta', { id, cwd: '/work' })]
    for (let turn = 0; turn < 20; turn++) {
      const callId = `call-${String(turn)}`
      const item = (of: object): object => ({
        type: 'item_completed',
        thread_id: id,
        turn_id: `turn-${String(turn)}`,
        item: of,
      })
      const content = [{ type: 'text', text: take(lengths.prompt) }]
      lines.push(line('event_msg', { type: 'task_started', turn_id: `turn-${String(turn)}` }))
      lines.push(line('event_msg', item({ type: 'UserMessage', id: `user-${String(turn)}`, content })))
      const call = { type: 'function_call', name: 'shell', call_id: callId, arguments: '{"cmd":"cat src/index.ts"}' }
      lines.push(line('response_item', call))
      const output = take(lengths.output)
      lines.push(line('response_item', { type: 'function_call_output', call_id: callId, output }))
      const reply = [{ type: 'Text', text: take(lengths.reply) }]
      lines.push(line('event_msg', item({ type: 'AgentMessage', id: `reply-${String(turn)}`, content: reply })))
    }
    writeFileSync(join(day, `rollout-2026-01-01T00-00-00-${id}.jsonl`), lines.join(''))
  }
  return home
}

function line(type: string, payload: object): string {
  return `${JSON.stringify({ timestamp: '2026-01-01T00:00:00.000Z', type, payload })}\n`
}
