import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { inProject, say } from '../run.mjs'

/**
 * `node scripts/package/make-update-key.mjs`, once in the life of the project: the half that the app is built with goes into the
 * repository, the half that signs is printed, for the secret UPDATE_KEY of the build server and for a safe.
 */
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const path = inProject('resources', 'build', 'update-key.pem')
// Never over one that is there: apps that know it would take no update any more.
writeFileSync(path, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' })
say(`wrote ${path}`)
process.stdout.write(privateKey.export({ type: 'pkcs8', format: 'pem' }))
