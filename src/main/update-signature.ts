import { verify } from 'node:crypto'

/** Of a list of updates what decides which file is fetched and whether it is the right one; the rest may be anything. */
export interface UpdateList {
  readonly version: string
  readonly files?: readonly { readonly url: string; readonly sha512: string }[]
  /** Ed25519 over `updateStatement`, base64. */
  readonly signature?: unknown
}

/** What is signed. The files' own content is in it by their checksums. */
export function updateStatement({ version, files = [] }: UpdateList): Buffer {
  return Buffer.from(JSON.stringify(['Colophon', version, files.map(({ url, sha512 }) => [url, sha512])]))
}

/**
 * Whoever can write to the place of releases, or stands between, could otherwise hand out any program. Throws where the list is not
 * signed with the key that the app was built with.
 */
export function checkUpdateList(list: UpdateList, publicKey: string): void {
  const { files = [], signature } = list
  // Older and other kinds of lists name files elsewhere, which the signature does not cover.
  const isWhole = files.length > 0 && !('packages' in list)
  const isSigned =
    isWhole &&
    typeof signature === 'string' &&
    verify(null, updateStatement(list), publicKey, Buffer.from(signature, 'base64'))
  if (!isSigned) throw new Error(`the list that names version ${list.version} is not signed with this app's key`)
}
