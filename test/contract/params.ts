import assert from 'node:assert/strict'
import type { Bridge } from '../../src/contract/bridge.ts'
import type { Params } from '../../src/contract/index.ts'

/** Nobody listens there, and it is switched off. */
export const away: Params<'forward.save'> = {
  name: 'away',
  enabled: false,
  protocol: 'http',
  url: 'http://127.0.0.1:1',
  signals: ['traces'],
  compression: 'gzip',
  headers: [],
  caFile: null,
  certFile: null,
  keyFile: null,
  timeoutS: 5,
}

/** A finding's fix that is written already, and the name to take it back by. */
export async function writtenFix(
  bridge: Bridge,
  codexHome: string,
): Promise<{ effort: Params<'fix.plan'>; id: string }> {
  const change = { path: ['model_reasoning_effort'], value: 'medium', adds: false }
  const effort: Params<'fix.plan'> = {
    codexHome,
    kind: 'reasoning-share',
    subject: '',
    fix: { type: 'config', changes: [change], why: 'it thinks a lot' },
  }
  const plan = await bridge.invoke('fix.plan', effort)
  assert.ok(plan.ok)
  const applied = await bridge.invoke('fix.apply', { ...effort, fingerprint: plan.value.fingerprint })
  assert.ok(applied.ok)
  return { effort, id: applied.value.id ?? '' }
}
