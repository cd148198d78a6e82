import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { reproduceCommand } from '../../../../src/renderer/views/session/reproduce-command.ts'

const session = {
  kind: 'user',
  sample: false,
  model: 'gpt-5.5',
  effort: 'high',
  approvalPolicy: 'on-request',
  sandboxPolicy: 'workspace-write',
  folder: "/home/ada/it's mine",
  environment: 'dev',
} as const

it.skipIf(process.platform === 'win32')('gives a shell the settings and the prompt, whatever they hold', () => {
  const prompt = `Fix 'a' and "b": $(rm -rf ~) \`x\`\nthen \\ go`
  const command = reproduceCommand(session, prompt) ?? ''
  const print = 'codex() { for word; do printf "%s\\0" "$word"; done; }'
  const words = execFileSync('sh', ['-c', `${print}\n${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
  expect(words).toEqual([
    ...['exec', '--cd', "/home/ada/it's mine", '--model', 'gpt-5.5', '--config', 'model_reasoning_effort="high"'],
    ...['--config', 'approval_policy="on-request"', '--sandbox', 'workspace-write'],
    ...['--config', 'otel.environment="dev"', '--', prompt],
  ])
})

it('leaves out what is not known, and a blank for a prompt that was not logged', () => {
  const unknown = { model: null, effort: null, approvalPolicy: null, sandboxPolicy: 'granular', folder: null }
  expect(reproduceCommand({ ...session, ...unknown, environment: null }, null)).toBe('codex exec -- PROMPT')
  expect(reproduceCommand({ ...session, kind: 'app' }, 'x')).toBeNull()
  expect(reproduceCommand({ ...session, kind: 'subagent' }, 'x')).toBeNull()
})
