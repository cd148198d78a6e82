/**
 * Whether a Host header (HTTP) or authority (gRPC) names this machine. A page of another site can make a browser send requests
 * to a loopback port under its own name, once DNS is rebound; so only names that mean this machine alone are taken, and those
 * that were allowed.
 */
export function isOwnHost(host: string, allowedHosts: readonly string[]): boolean {
  // A name and a port: anything more (user, path) is an attempt to be read as something else.
  if (/[@/\\?#]/.test(host) || !URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname
  return isLoopback(name) || allowedHosts.some((allowed) => bare(allowed) === bare(name))
}

/** After URL parsing: numeric IPv4 forms are dotted by then, and IPv6 addresses are in brackets and shortest form. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

const bare = (name: string): string => name.replace(/^\[|\]$/g, '').toLowerCase()
