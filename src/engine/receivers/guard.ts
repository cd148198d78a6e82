import type { ReceiverOptions } from './received-body.ts'

/** Who a request says it is for, and which web page it comes from, if any. */
export interface Provenance {
  readonly host: string | undefined
  readonly origin: string | undefined
}

type Allowed = Pick<ReceiverOptions, 'allowedHosts' | 'allowedOrigins'>

/**
 * Why a request is refused as foreign, or null. A web page reaches a loopback port either under its own name (DNS
 * rebinding), which the host shows, or across origins, which the Origin shows; browsers let a page change neither.
 */
export function foreign(from: Provenance, allowed: Allowed): string | null {
  if (from.host === undefined || !isAllowedHost(from.host, allowed.allowedHosts)) {
    return `host ${quoted(from.host)} is neither loopback nor an allowed name`
  }
  if (from.origin !== undefined && !allowed.allowedOrigins.includes(from.origin)) {
    return `origin ${quoted(from.origin)} is not allowed`
  }
  return null
}

function isAllowedHost(host: string, names: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '')
  if (name === 'localhost' || name === '[::1]' || isLoopbackIPv4(name)) return true
  return names.some((allowed) => allowed.toLowerCase() === name)
}

/** 127.0.0.0/8 in its dotted form, and no name that only begins like it. */
function isLoopbackIPv4(name: string): boolean {
  const parts = name.split('.')
  return parts.length === 4 && parts[0] === '127' && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
}

/** Printable and short, because it goes into an answer. */
function quoted(text: string | undefined): string {
  return text === undefined ? '(none)' : JSON.stringify(text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?'))
}
