import { Blocks, CircleAlert, MessageSquareX, RotateCw, Sparkle, Wrench } from '@lucide/vue'
import type { Component } from 'vue'
import type { Value } from '../../../../contract/index.ts'
import { sessionAtCall, sessionAtRow, sessionAtSpan, sessionNear } from '../session-link.ts'
import type { RouteLocationRaw } from 'vue-router'

export type ExploreError = Value<'explore.errors'>['errors'][number]
export type ErrorKind = ExploreError['kind']

interface Look {
  readonly name: string
  /** Of one error. */
  readonly one: string
  readonly icon: Component
}

export const errorKinds: Readonly<Record<ErrorKind, Look>> = {
  response: { name: 'Model responses', one: 'Response', icon: Sparkle },
  request: { name: 'Requests', one: 'Request', icon: RotateCw },
  turn: { name: 'Turns', one: 'Turn', icon: MessageSquareX },
  tool: { name: 'Tools', one: 'Tool', icon: Wrench },
  app: { name: 'GenAI apps', one: 'App call', icon: Blocks },
  log: { name: 'Error records', one: 'Record', icon: CircleAlert },
}

export const kindIds = ['response', 'request', 'turn', 'tool', 'app', 'log'] as const satisfies readonly ErrorKind[]

/** Where an error happened: at its call, its turn, its span, or its moment. null where it names no session. */
export function placeOf({
  kind,
  sessionId,
  callId,
  turn,
  traceId,
  spanId,
  timeMs,
}: ExploreError): RouteLocationRaw | null {
  if (sessionId === null) return null
  if (callId !== null) return sessionAtCall(sessionId, callId)
  if (turn !== null) return sessionAtRow(sessionId, `t:${sessionId}:${turn}`)
  if (traceId !== null && spanId !== null) return sessionAtSpan(sessionId, traceId, spanId)
  return sessionNear(sessionId, timeMs, kind === 'response' || kind === 'request' ? 'api_call' : undefined)
}
