const storageKey = 'colophon.token'

/**
 * The link that the headless host prints carries its token in the fragment, which no server and no log sees.
 * The token moves to this tab's session storage and leaves the address, so that a copied address gives nothing away.
 */
export function takeToken(): string | null {
  const match = /^#token=([^&]+)/.exec(location.hash)
  if (match?.[1]) {
    sessionStorage.setItem(storageKey, decodeURIComponent(match[1]))
    history.replaceState(null, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(storageKey)
}
