import { appendFileSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadRolloutRun } from '../../rollouts.ts'
import { historyInFolder } from '../../../src/engine/history/scan-folder.ts'
import { inTemporaryFolder } from '../engine/engine-under-test.ts'
import { sessionFiles } from './home-under-test.ts'

const secret = 'sk-planted-4711-secret'
const words = ['plantedprompt', 'plantedreply', secret]

function line(type: string, payload: object): string {
  return `${JSON.stringify({ timestamp: '2026-11-28T12:00:00.000Z', type, payload })}\n`
}

it('no word of a prompt, a reply or an output reaches a file of Colophon', async () => {
  await inTemporaryFolder(async (folder) => {
    const [home, dataDir] = [join(folder, 'home'), join(folder, 'data')]
    const run = loadRolloutRun('01_fix')
    run.unpackInto(home)
    const [file = ''] = sessionFiles(home)
    const [prompt, reply] = words
    const item = { type: 'UserMessage', content: [{ type: 'text', text: `do ${prompt ?? ''}` }] }
    appendFileSync(file, line('event_msg', { type: 'item_completed', item }))
    appendFileSync(file, line('event_msg', { type: 'agent_message', message: reply }))
    appendFileSync(
      file,
      line('response_item', { type: 'function_call', name: 'shell', call_id: 'c-1', arguments: secret }),
    )
    appendFileSync(file, line('response_item', { type: 'function_call_output', call_id: 'c-1', output: secret }))
    appendFileSync(file, line('event_msg', { type: 'task_complete', turn_id: 't', last_agent_message: reply }))
    await historyInFolder.scan(dataDir, { homes: [home] })
    const kept = [...words, ...run.threads.flatMap(({ prompts }) => prompts.map(({ text }) => text))]
    for (const name of readdirSync(dataDir)) {
      const text = readFileSync(join(dataDir, name)).toString('latin1')
      for (const word of kept) expect(text.includes(word), `${word} in ${name}`).toBe(false)
    }
    expect(readFileSync(file, 'utf8')).toContain(secret)
  })
})
