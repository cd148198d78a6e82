import { BlockList, isIP } from 'node:net'
import type { Finding } from '../../../contract/config.ts'
import { maskWords } from '../../../model/config/mask.ts'
import { isOnThisMachine, type Target } from './deliver/target.ts'
import { finding } from './finding.ts'

/** Codex's exporters over HTTP go by the environment's proxy, also to this machine; those over gRPC do not (tried with 0.171.0). */
export function proxyFindings(targets: readonly Target[], environment: NodeJS.ProcessEnv): readonly Finding[] {
  const ways = targets
    .filter(({ variant, url }) => variant === 'otlp-http' && isOnThisMachine(url.hostname))
    .flatMap(({ url }) => {
      const name = proxyFor(url, environment)
      return name === null ? [] : [{ name, host: url.host }]
    })
  const names = [...new Set(ways.map(({ name }) => name))]
  return names.map((name) => {
    const hosts = [...new Set(ways.filter((way) => way.name === name).map(({ host }) => host))].join(', ')
    return finding({
      code: 'proxy',
      severity: 'error',
      message: `${name}=${maskWords(environment[name] ?? '')} in this environment intercepts what Codex sends to ${hosts}`,
      advice: 'Set NO_PROXY=127.0.0.1,localhost before you start codex, or let it send over gRPC, which uses no proxy.',
      key: name,
    })
  })
}

/** The variable whose proxy a request would go by; null where it goes straight. */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): string | null {
  const scheme = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const names = [scheme.toLowerCase(), scheme, 'all_proxy', 'ALL_PROXY']
  const set = names.find((name) => (environment[name] ?? '') !== '')
  if (set === undefined) return null
  const exceptions = (environment.no_proxy || environment.NO_PROXY || '').split(',').map((each) => each.trim())
  return exceptions.some((each) => each !== '' && isException(url.hostname.replace(/^\[|\]$/g, ''), each)) ? null : set
}

/** An address is met by itself or by its network, not by `*`; a name by itself and by the names below it. */
function isException(host: string, exception: string): boolean {
  const version = isIP(host)
  if (version === 0) {
    if (exception === '*') return true
    const suffix = exception.toLowerCase().replace(/^\./, '')
    return host.toLowerCase() === suffix || host.toLowerCase().endsWith(`.${suffix}`)
  }
  const [address = '', bits] = exception.split('/')
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (isIP(address) !== version) return false
  const list = new BlockList()
  if (bits === undefined) list.addAddress(address, family)
  else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
    list.addSubnet(address, Number(bits), family)
  return list.check(host, family)
}
