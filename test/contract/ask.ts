import assert from 'node:assert/strict'
import type { Bridge } from '../../src/contract/bridge.ts'
import type { Params, ProcedureName, Value } from '../../src/contract/index.ts'
import type { Result } from '../../src/contract/result.ts'
import { loadCapture } from '../captures.ts'

export async function value<N extends ProcedureName>(bridge: Bridge, name: N, params: Params<N>): Promise<Value<N>> {
  const answer = await bridge.invoke(name, params)
  if (!answer.ok) assert.fail(`${name}: ${answer.error.code}: ${answer.error.message}`)
  return answer.value
}

export function codeOf(answer: Result<unknown>): string {
  return answer.ok ? 'ok' : answer.error.code
}

/** The id of an export of a session that is done. */
export async function exported(bridge: Bridge, id: string): Promise<string> {
  const { exportId } = await value(bridge, 'export.start', { id, format: 'json' })
  const isDone = async () => (await value(bridge, 'export.progress', { exportId })).done
  while (!(await isDone())) await new Promise((done) => setTimeout(done, 20))
  return exportId
}

/** Sends a capture to the receiver that the bridge's own status names, and waits until its sessions are listed. */
export async function feed(bridge: Bridge, capture: string): Promise<void> {
  const { bodies, conversations } = loadCapture(capture)
  const { receivers } = await value(bridge, 'status', {})
  for (const { signal, bytes } of bodies) {
    const answer = await fetch(`http://${receivers.http.address ?? ''}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: bytes,
    })
    assert.equal(answer.status, 200)
  }
  const wanted = new Map(conversations.map(({ conversation, model_calls }) => [conversation, model_calls]))
  // As patient as all that waits for a condition.
  const deadline = Date.now() + 240_000
  for (;;) {
    const { sessions } = await value(bridge, 'session.list', {})
    const settled = sessions.filter(({ id, apiCalls, state }) => wanted.get(id) === apiCalls && state === 'done')
    if (settled.length === wanted.size) return
    assert.ok(Date.now() < deadline, `${capture} is not listed`)
    await new Promise((done) => setTimeout(done, 50))
  }
}
