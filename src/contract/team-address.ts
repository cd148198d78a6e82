/** Without a user or a password in it. Apart from the schemas, which take longer to load than a command takes. */
export const teamAddress = /^(https?):\/\/(\[[\da-f:.]+\]|[^\s/:@?#[\]]+)(?::\d{1,5})?(?:\/[^\s@]*)?$/i
const loopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/i

/** Over which others could listen. */
export function isOpenToAll(text: string): boolean {
  const [, scheme, host = ''] = teamAddress.exec(text) ?? []
  return scheme?.toLowerCase() === 'http' && !loopback.test(host)
}

/** What a database may be called. */
export const teamDatabase = /^[^'\\\p{Cc}]+$/u
