import { isAuthorized } from '../api/token.ts'
import { isOwnHost } from '../own-host.ts'
import type { ReceiverOptions } from './received-body.ts'

/** Who a request says it is for, and which web page it comes from, if any. */
export interface Provenance {
  readonly host: string | undefined
  readonly origin: string | undefined
}

type Allowed = Pick<ReceiverOptions, 'allowedHosts' | 'allowedOrigins'>

/**
 * Why a request is refused as foreign, or null. A web page reaches a loopback port either under its own name, which the
 * host shows, or across origins, which the Origin shows; browsers let a page change neither.
 */
export function foreign({ host, origin }: Provenance, { allowedHosts, allowedOrigins }: Allowed): string | null {
  if (host === undefined || !isOwnHost(host, allowedHosts))
    return `host ${quoted(host)} is neither loopback nor an allowed name: add it to the allowed hosts in Settings, Receivers`
  if (origin !== undefined && !allowedOrigins.includes(origin)) return `origin ${quoted(origin)} is not allowed`
  return null
}

/** Why a sender is not let in, or null. */
export function unauthorized(
  authorization: string | undefined,
  { token }: Pick<ReceiverOptions, 'token'>,
): string | null {
  if (token === undefined || token === null || isAuthorized(authorization, token)) return null
  return 'the bearer token is missing or wrong: the sender needs the header shown in Settings, Receivers'
}

/** Printable and short, because it goes into an answer. */
function quoted(text: string | undefined): string {
  return text === undefined ? '(none)' : JSON.stringify(text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?'))
}
