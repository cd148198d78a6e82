import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { status as grpcStatus } from '@grpc/grpc-js'
import { asProtobuf, loadCapture, type CapturedBody } from '../../captures.ts'
import { postTo } from '../engine/engine-under-test.ts'
import { grpcClient } from '../engine/grpc-export.ts'
import { promptOf } from '../engine/requests.ts'
import type { HostUnderTest } from './host-under-test.ts'

export interface Load {
  readonly acknowledged: readonly CapturedBody[]
  /** How often each answer was given. */
  readonly answers: ReadonlyMap<string, number>
  /** Sends what is left, and resolves when every body was acknowledged and every question answered. Rejects with what must not happen. */
  finish(): Promise<void>
}

const sendersEach = 3
/** Of each sender and asker, behind an answer. Without it they take all of a machine, and what is looked at gets what they leave. */
const pauseMs = 40
/** One for each that answers questions. */
const questions = ['session.list', 'panel.list', 'retention.state'] as const

/**
 * Bodies by both transports at once, and questions to readers and writer, until told to finish. A body that is refused with an
 * invitation to try again is sent again; anything but success and that invitation is a failure, as is no answer at all.
 */
export function putUnderLoad(host: HostUnderTest): Load {
  const captured = ['07_long_90s', '16_tui', '09_subagents'].flatMap((name) => loadCapture(name).bodies).map(asProtobuf)
  const again: CapturedBody[] = []
  const acknowledged: CapturedBody[] = []
  const answers = new Map<string, number>()
  const client = grpcClient(host.grpcAddress)
  let isEnding = false
  let made = 0
  const note = (answer: string): void => void answers.set(answer, (answers.get(answer) ?? 0) + 1)
  const next = (): CapturedBody | undefined =>
    again.shift() ?? captured.shift() ?? (isEnding ? undefined : asProtobuf(promptOf(`load-${String(made++)}`)))

  async function byHttp(body: CapturedBody): Promise<boolean> {
    const { status, headers } = await postTo(host.httpPort, body)
    note(`http ${String(status)}`)
    if (status !== 200 && !(status === 503 && Number(headers['retry-after']) > 0))
      throw new Error(`HTTP answered ${String(status)}`)
    return status === 200
  }
  async function byGrpc(body: CapturedBody): Promise<boolean> {
    const code = await client.send(body)
    note(`grpc ${grpcStatus[code]}`)
    if (code !== grpcStatus.OK && code !== grpcStatus.UNAVAILABLE) throw new Error(`gRPC answered ${grpcStatus[code]}`)
    return code === grpcStatus.OK
  }
  async function send(by: (body: CapturedBody) => Promise<boolean>): Promise<void> {
    for (let body = next(); body !== undefined; body = next()) {
      if (await by(body)) acknowledged.push(body)
      else again.push(body)
      await pause(pauseMs)
    }
  }
  async function ask(name: (typeof questions)[number]): Promise<void> {
    while (!isEnding) {
      const result = await host.call(name, {})
      if (!result.ok && result.error.code !== 'unavailable') throw new Error(`${name}: ${result.error.message}`)
      await pause(pauseMs)
    }
  }
  const all = Promise.all([
    ...Array.from({ length: sendersEach }, () => send(byHttp)),
    ...Array.from({ length: sendersEach }, () => send(byGrpc)),
    ...questions.map(ask),
  ])
  // Awaited later; a failure meanwhile must not end the test's process.
  all.catch(() => undefined)
  return {
    acknowledged,
    answers,
    async finish() {
      isEnding = true
      try {
        await all
      } finally {
        client.close()
      }
    },
  }
}

/** As the store knows a body. */
export function hashOf({ bytes }: CapturedBody): string {
  return hash('sha256', bytes, 'hex').slice(0, 32)
}
