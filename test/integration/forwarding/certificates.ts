import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

export interface Certified {
  readonly cert: string
  readonly key: string
}

interface Issuer {
  readonly name: string
  readonly key: KeyObject
}

const ecdsaWithSha256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
const commonName = Buffer.from('0603550403', 'hex')
const subjectAltName = Buffer.from('0603551d11', 'hex')
const basicConstraints = Buffer.from('0603551d13', 'hex')
const isTrue = Buffer.from('0101ff', 'hex')

/** An authority made for one test, and what it certifies for 127.0.0.1 (RFC 5280, P-256). */
export function createAuthority(): Certified & {
  certify(name: string): Certified
  /** Its own authority, as people make one for themselves. */
  certifyItself(name: string): Certified
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer: Issuer = { name: 'Test authority', key: privateKey }
  const asAuthority = der(0x30, basicConstraints, isTrue, der(0x04, der(0x30, isTrue)))
  return {
    cert: certificate(issuer, issuer.name, publicKey, asAuthority),
    key: pem(privateKey),
    certify(name) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return { cert: certificate(issuer, name, own.publicKey, localNames()), key: pem(own.privateKey) }
    },
    certifyItself(name) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const itself = { name, key: own.privateKey }
      return { cert: certificate(itself, name, own.publicKey, localNames()), key: pem(own.privateKey) }
    },
  }
}

function localNames(): Buffer {
  const localhost = der(0x30, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  return der(0x30, subjectAltName, der(0x04, localhost))
}

function certificate(issuer: Issuer, subject: string, key: KeyObject, extension: Buffer): string {
  const times = [Date.now() - 3_600_000, Date.now() + 3_600_000].map((ms) =>
    der(0x18, Buffer.from(new Date(ms).toISOString().replace(/[-T:]|\.\d+/g, ''))),
  )
  const version3 = der(0xa0, der(0x02, Buffer.from([2])))
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]))
  const spki = key.export({ type: 'spki', format: 'der' })
  const extensions = der(0xa3, der(0x30, extension))
  const fields = [version3, serial, ecdsaWithSha256, nameOf(issuer.name), der(0x30, ...times), nameOf(subject), spki]
  const signed = der(0x30, ...fields, extensions)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, issuer.key))
  const bytes = der(0x30, signed, ecdsaWithSha256, signature)
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`
}

function nameOf(text: string): Buffer {
  return der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from(text)))))
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}
