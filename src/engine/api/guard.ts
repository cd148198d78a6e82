import type { IncomingHttpHeaders } from 'node:http'
import { isOwnHost } from '../own-host.ts'

/** The Host must mean this machine, and an Origin, where one is sent, must be the page's own. */
export function isOwnRequest({ host, origin }: IncomingHttpHeaders, allowedHosts: readonly string[]): boolean {
  if (host === undefined || !isOwnHost(host, allowedHosts)) return false
  return origin === undefined || origin === `http://${host}`
}
