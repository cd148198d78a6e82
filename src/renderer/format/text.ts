import type { SessionKind } from '../../model/session/summary.ts'

const kindNames = {
  user: '',
  subagent: 'sub-agent',
  title: 'title',
  app: 'app',
  guardian: 'guardian',
  review: 'review',
} as const

/** How a helper is named beside its title; nothing for a person's own session. */
export function kindName(kind: SessionKind): string {
  return kindNames[kind]
}

/** The port of `127.0.0.1:4317` and of `[::1]:4317`. */
export function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1)
}
