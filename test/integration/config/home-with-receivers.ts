import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { senderNeeds } from '../../../src/engine/receivers/sender-needs.ts'
import { scratchHome } from '../../unit/engine/config/scratch-home.ts'
import { createAuthority } from '../forwarding/certificates.ts'
import { receiversOf } from './receivers-of.ts'

const somebody = createAuthority().certifyItself('Somebody')

/** Receivers, and a home beside which lie files that TLS may be told to use. */
export async function running(more: Parameters<typeof receiversOf>[1] = {}) {
  const scratch = scratchHome(null)
  mkdirSync(scratch.dataDir)
  symlinkSync('loop.pem', join(scratch.home, 'loop.pem'))
  writeFileSync(join(scratch.home, 'cert.pem'), somebody.cert)
  writeFileSync(join(scratch.home, 'key.pem'), somebody.key)
  const at = await receiversOf(scratch.dataDir, more)
  return { home: scratch.withReceivers({ ...at, needs: senderNeeds(null) }), at }
}

/** Receivers with TLS, whose certificate is its own authority, or issued by one that nobody knows. */
export async function secured(token: string | null, kind: 'own' | 'issued') {
  const scratch = scratchHome(null)
  const folder = join(scratch.home, 'tls')
  mkdirSync(scratch.dataDir)
  mkdirSync(folder)
  const authority = createAuthority()
  const pair = kind === 'own' ? authority.certifyItself('Receiver') : authority.certify('Receiver')
  const certFile = join(folder, 'cert.pem')
  writeFileSync(certFile, pair.cert)
  writeFileSync(join(folder, 'ca.pem'), authority.cert)
  const at = await receiversOf(scratch.dataDir, {
    token,
    tls: { cert: Buffer.from(pair.cert), key: Buffer.from(pair.key), clientCa: null },
  })
  const needs = senderNeeds({ token, tls: { certFile, keyFile: certFile, clientCaFile: null } })
  return { home: scratch.withReceivers({ ...at, needs }), at, folder }
}
