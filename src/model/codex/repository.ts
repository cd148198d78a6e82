/** `https://user:token@host/…?key=…` without what may be a secret: all before the last `@` of the host, and what follows `?` or `#`. */
export function withoutCredentials(address: string): string {
  const [plain = ''] = address.split(/[?#]/, 1)
  return plain.replace(/^([a-z][a-z+]{0,19}:\/\/)[^/]*@/i, '$1')
}

/**
 * What a repository is called by its remote's address, however it is reached: `github.com/acme/shop` for `https://github.com/acme/shop.git`,
 * `ssh://git@github.com:22/acme/shop` and `git@github.com:acme/shop.git`.
 */
export function repositoryName(address: string): string {
  const plain = withoutCredentials(address.trim())
    .replace(/\/{1,9}$/, '')
    .replace(/\.git$/i, '')
  const [, host, path] =
    /^[a-z][a-z+]{0,19}:\/\/([^/:]{1,253})(?::\d{1,5})?\/(.*)$/i.exec(plain) ??
    // Of one letter before the colon, it is a drive of Windows.
    /^(?:[^@/:]{1,99}@)?([^@/:]{2,253}):(?!\/\/)\/?(.*)$/.exec(plain) ??
    []
  return host === undefined || path === undefined ? plain : `${host.toLowerCase()}/${path}`
}

interface Placed {
  readonly repository: string | null
  readonly folder: string | null
}

/** What a session's work is counted under: its repository, else its folder; null where neither is known. */
export function projectOf({ repository, folder }: Placed): string | null {
  return repository ?? folder
}
