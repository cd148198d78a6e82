/** Sites that the page may lead to, in the user's own browser. */
const hosts: ReadonlySet<string> = new Set([
  'developers.openai.com',
  'github.com',
  'opentelemetry.io',
  'ui.perfetto.dev',
])

/** Only https, only these hosts, and no name or password in the address; of this machine the front page of a port, where another Colophon shows itself. */
export function mayOpenOutside(link: string): boolean {
  if (/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/?$/.test(link)) return true
  if (!URL.canParse(link)) return false
  const { protocol, host, username, password } = new URL(link)
  return protocol === 'https:' && hosts.has(host) && username === '' && password === ''
}
