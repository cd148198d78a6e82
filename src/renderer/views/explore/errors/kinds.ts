import { Blocks, CircleAlert, MessageSquareX, RotateCw, Sparkle, Wrench } from '@lucide/vue'
import type { Component } from 'vue'
import type { Value } from '../../../../contract/index.ts'
import { sessionAt, sessionNear } from '../session-link.ts'
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
export function placeOf(error: ExploreError): RouteLocationRaw | null {
  const { kind, sessionId, timeMs } = error
  if (sessionId === null) return null
  const isOfCall = kind === 'response' || kind === 'request'
  return sessionAt(sessionId, error) ?? sessionNear(sessionId, timeMs, isOfCall ? 'api_call' : undefined)
}
