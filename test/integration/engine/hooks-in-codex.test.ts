import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { nodeCommand } from '../../node-command.ts'
import { realCodex } from '../../real-codex.ts'
import { scriptedModel } from '../../scripted-model.ts'
import { sceneWith } from '../codex-scene.ts'
import { writeHook } from './hook-scripts.ts'

const codex = realCodex('that its hooks send spans and refuse above a limit of cost')

test.skipIf(codex === null)(
  'the hooks of docs/hooks.md in Codex: a span is a row, a field and found; what costs too much is refused',
  async () => {
    const { home, folder, colophon, ask, exec } = await sceneWith(codex, 'approval_policy = "never"')
    const hookOf = (name: string) => {
      const [program, args] = nodeCommand(writeHook(folder, name))
      return [{ hooks: [{ type: 'command', command: [program, ...args].map((word) => `'${word}'`).join(' ') }] }]
    }
    const hooks = { UserPromptSubmit: hookOf('send-span.mjs'), PreToolUse: hookOf('limit-cost.mjs') }
    writeFileSync(join(home, 'hooks.json'), JSON.stringify({ hooks }))

    const refusal = 'Command blocked by PreToolUse hook'
    const isRefused = (output: string | undefined): boolean => output?.includes(refusal) === true
    // Codex tells what a call cost a second later; until Colophon knows of one, nothing is refused.
    const model = await scriptedModel((outputs) =>
      isRefused(outputs.at(-1)) || outputs.length > 400
        ? { say: 'That is all.' }
        : { call: 'exec_command', args: { cmd: 'sleep 0.3' } },
    )
    await exec(model, 'Go on until you are told to stop.', {
      args: ['--dangerously-bypass-hook-trust'],
      env: {
        ...{ COLOPHON_OTLP: colophon.otlpHttp, COLOPHON_API: colophon.url, COLOPHON_TOKEN: colophon.token },
        ...{ TICKET: 'SHOP-42', LIMIT_USD: '0.000001' },
      },
    })

    expect(model.outputs.filter(isRefused)).toHaveLength(1)
    expect(model.outputs.at(-1)).toMatch(/This session has cost about \$[\d.]+, more than \$0\.000001\./)
    const attributes = [{ key: 'ticket.id', value: 'SHOP-42' }]
    const { id } = await vi.waitUntil(async () => {
      const { sessions } = await ask('session.list', { search: 'SHOP-42', attributes: ['ticket.id'] })
      return sessions.find(({ state }) => state === 'done')
    })
    expect(await ask('session.get', { id })).toMatchObject({ attributes, service: 'codex_exec' })
    expect(await ask('session.list', { filters: { attribute: attributes } })).toMatchObject({ total: 1 })
    expect(
      await ask('session.list', { filters: { attribute: [{ key: 'ticket.id', value: 'SHOP-43' }] } }),
    ).toMatchObject({
      total: 0,
    })
    const { rows } = await ask('session.tree', { id })
    expect(rows.filter(({ kind }) => kind === 'hook')).toMatchObject([
      { label: 'hook: UserPromptSubmit', detail: 'branch-hook' },
    ])
    const { shares } = await ask('session.ledger', { id })
    expect(shares.find(({ kind }) => kind === 'hook')?.ms).toBeGreaterThan(0)
  },
)
