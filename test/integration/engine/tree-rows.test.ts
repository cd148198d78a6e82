import { expect, test } from 'vitest'
import { loadCapture } from '../../captures.ts'
import { inTemporaryFolder } from './engine-under-test.ts'
import { openStore } from './store-under-test.ts'
import { treeText } from './tree-text.ts'

/**
 * What a person reads in the records of each run: turns by their `session_task.turn` spans (no token count: interrupted),
 * calls by the token records between them, tools by call id, helpers by spawn log, request id or `guardian_review`.
 */
const expected = {
  '01_code_multi': `
session_loop (codex_exec): ok
  turn 1: ok
    api_call: ok
    tool_call exec: ok
      tool_call exec_command: ok
    api_call: ok
    tool_call exec: ok
      tool_call exec_command: error, exit 3
    api_call: ok
    tool_call exec: ok
      tool_call exec_command: ok
      tool_call exec_command: ok
      tool_call exec_command: ok
    api_call: ok
    tool_call exec: ok
      tool_call apply_patch: ok
    api_call: ok
    tool_call exec: error, failed
    api_call: ok
    tool_call exec: error, failed
    api_call: ok
`,
  '03b_errors_recovered': `
session_loop (codex_exec): ok
  turn 1: ok
    api_call: ok, 4 retries
`,
  '09_subagents': `
session_loop (codex_exec): ok
  turn 1: ok
    api_call: ok
    tool_call spawn_agent: ok
      session_loop (sub-agent): ok
        turn 1: ok
          api_call: ok
          tool_call exec: ok
            tool_call exec_command: ok
          api_call: ok
    api_call: ok
    tool_call spawn_agent: ok
      session_loop (sub-agent): ok
        turn 1: ok
          api_call: ok
          tool_call exec: ok
            tool_call exec_command: ok
          api_call: ok
    api_call: ok
    tool_call wait_agent: ok
    api_call: ok
    tool_call wait_agent: ok
    api_call: ok
`,
  '16_tui': `
session_loop (codex-tui): cancelled, interrupted
  turn 1: ok
    api_call: ok
    session_loop (title): ok
      turn 1: ok
        api_call: ok
        tool_call exec_command: error, failed
        api_call: ok
    tool_call exec_command: ok
    api_call: ok
  turn 2: ok
    api_call: ok
    session_loop (title): ok
      turn 1: ok
        api_call: ok
        tool_call exec_command: error, failed
        api_call: ok
    tool_call exec_command: ok, 17.6 s waiting for you
    api_call: ok
  turn 3: cancelled, interrupted
    api_call: ok
    session_loop (title): ok
      turn 1: ok
        api_call: ok
        tool_call exec_command: error, failed
        api_call: ok
    tool_call exec_command: cancelled, cancelled · 2.7 s waiting for you
  turn 4: ok
    api_call: ok
    session_loop (title): ok
      turn 1: ok
        api_call: ok
        tool_call exec_command: error, failed
        api_call: ok
    tool_call exec_command: ok, 2.8 s waiting for you
    api_call: ok
  turn 5: cancelled, interrupted
    api_call: cancelled
    session_loop (title): ok
      turn 1: ok
        api_call: ok
        tool_call exec_command: error, failed
        api_call: ok
`,
  '28_guardian': `
session_loop (codex_exec): ok
  turn 1: ok
    api_call: ok
    tool_call exec_command: ok
      session_loop (reviewer): ok
        turn 1: ok
          api_call: ok
    api_call: ok
`,
  '30_signal_INT': `
session_loop (codex_exec): unknown, lost
  turn 1: unknown
`,
} as const

test.each(Object.entries(expected))('%s is folded into the rows that its records tell', async (name, rows) => {
  await inTemporaryFolder((dataDir) => {
    const store = openStore(dataDir)
    for (const body of loadCapture(name).bodies) store.store(body)
    store.settle()
    const { sessions } = store.reader['session.list']({ helpers: false, limit: 10, offset: 0 })
    expect(sessions).toHaveLength(1)
    const tree = store.reader['session.tree']({ id: sessions[0]?.id ?? '' })
    store.close()
    expect(treeText(tree.rows)).toBe(rows.trim())
  })
})
