import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { checkUpdateList, updateStatement } from '../../src/main/update-signature.ts'
import { fail } from '../ensure.mjs'
import { inProject, say } from '../run.mjs'

/**
 * `node scripts/package/sign-updates.mjs FOLDER`: signs the lists of updates in it, and the list of checksums for people, with the key
 * in COLOPHON_UPDATE_KEY. Ends with a failure, so that nothing is published, where there is no key or not the one whose other half
 * the app was built with.
 */
const { parseUpdateInfo } = createRequire(import.meta.url)('electron-updater/out/providers/Provider.js')

export function signUpdates(folder, privatePem, publicPem) {
  const key = createPrivateKey(privatePem)
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' })
  if (!createPublicKey(publicPem).export({ type: 'spki', format: 'der' }).equals(own))
    throw new Error('the key that signs is not the one that the app was built with')
  const lists = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name))
  if (lists.length === 0) throw new Error(`there is no list of updates in ${folder}`)
  for (const name of lists) {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8').replace(/^signature: .*\n/m, '')
    const signature = sign(null, updateStatement(parseUpdateInfo(text, name, name)), key).toString('base64')
    const signed = `${text.trimEnd()}\nsignature: ${signature}\n`
    checkUpdateList(parseUpdateInfo(signed, name, name), publicPem)
    writeFileSync(path, signed)
  }
  writeFileSync(join(folder, 'SHA256SUMS.sig'), sign(null, readFileSync(join(folder, 'SHA256SUMS')), key))
  return lists
}

if (process.argv[1] === import.meta.filename) {
  const [folder] = process.argv.slice(2)
  const { COLOPHON_UPDATE_KEY: key } = process.env
  if (folder === undefined) fail('which folder?')
  if (!key) fail('COLOPHON_UPDATE_KEY is empty: what is not signed is not published')
  try {
    const publicPem = readFileSync(inProject('resources', 'build', 'update-key.pem'), 'utf8')
    for (const name of signUpdates(folder, key, publicPem)) say(`signed ${name}`)
  } catch (error) {
    fail(error.message)
  }
}
