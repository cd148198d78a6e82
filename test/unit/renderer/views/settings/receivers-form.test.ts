import { expect, test } from 'vitest'
import { bearerToken, type ReceiversShown } from '../../../../../src/contract/receivers.ts'
import { draftOf, formOf, freshToken, openWarning } from '../../../../../src/renderer/views/settings/receivers/form.ts'

const shown: ReceiversShown = {
  grpc: { host: '127.0.0.1', port: 4317 },
  http: { host: '127.0.0.1', port: 4318 },
  tls: { certFile: '/c.pem', keyFile: '/k.pem', clientCaFile: null },
  allowedHosts: ['box', 'box.example'],
  allowedOrigins: [],
  token: '••••cd',
}

test('a form that nobody touched says what is, and leaves the token alone', () => {
  const { token: _hint, ...same } = shown
  expect(draftOf(formOf(shown))).toEqual(same)
})

test('a token is replaced by a typed one, and taken back by its switch', () => {
  expect(draftOf({ ...formOf(shown), token: 'another-token-0815' })).toMatchObject({ token: 'another-token-0815' })
  expect(draftOf({ ...formOf(shown), asksToken: false })).toMatchObject({ token: null })
})

test('generated tokens are taken, and differ', () => {
  const tokens = [freshToken(), freshToken()]
  expect(tokens.map((token) => bearerToken.safeParse(token).success)).toEqual([true, true])
  expect(tokens[0]).not.toBe(tokens[1])
})

test('an address that other machines reach is warned of', () => {
  const bare = { ...formOf(shown), asksToken: false, certFile: '' }
  expect(openWarning({ ...bare, grpcHost: 'localhost' })).toBeNull()
  expect(openWarning({ ...bare, httpHost: '0.0.0.0' })).toContain('needs a token or TLS')
  expect(openWarning({ ...bare, httpHost: '127.0.0.1.example' })).toContain('127.0.0.1.example')
  expect(openWarning({ ...bare, httpHost: '0.0.0.0', asksToken: true })).toContain('whoever has the token')
})
