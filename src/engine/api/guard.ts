import type { IncomingHttpHeaders } from 'node:http'

/**
 * A page of another site can make a browser send requests to this address, under its own name once DNS is rebound.
 * So the Host must be one that only this machine can mean, and an Origin, where one is sent, must be the page's own.
 */
export function isOwnRequest(headers: IncomingHttpHeaders, allowedHosts: readonly string[]): boolean {
  const { host, origin } = headers
  if (host === undefined || !isAllowedHost(host, allowedHosts)) return false
  return origin === undefined || origin === `http://${host}`
}

function isAllowedHost(host: string, allowedHosts: readonly string[]): boolean {
  // A Host header is a name and a port: anything more (user, path) is an attempt to be read as something else.
  if (/[@/\\?#]/.test(host) || !URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname
  return isLoopback(name) || allowedHosts.some((allowed) => bare(allowed) === bare(name))
}

/** After URL parsing: numeric IPv4 forms are dotted by then, and IPv6 addresses are in brackets and shortest form. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

const bare = (name: string): string => name.replace(/^\[|\]$/g, '').toLowerCase()
