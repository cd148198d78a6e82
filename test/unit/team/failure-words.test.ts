import { expect, test } from 'vitest'
import { explained, isOtherTables } from '../../../src/team/failure-words.ts'

const broken = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

test('what breaks on the way is explained, with what it was', () => {
  expect(explained(broken('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')).message).toBe(
    'nobody listens at this address (connect ECONNREFUSED 127.0.0.1:1)',
  )
  expect(explained(broken('getaddrinfo ENOTFOUND no.such', 'ENOTFOUND')).message).toMatch(/^no machine of this name/)
  expect(explained(broken('Timeout error.')).message).toMatch(/^it has said nothing/)
  expect(explained(broken('socket hang up')).message).toMatch(/^the connection broke off/)
  expect(
    explained(broken('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN')).message,
  ).toMatch(/^its certificate is not trusted/)
})

test('what the server says itself stays as it is', () => {
  const refused = broken('reader: Authentication failed: password is incorrect', '516')
  expect(explained(refused)).toBe(refused)
  const gone = explained(broken("Unknown table 'otel_traces' in scope SELECT 1 FROM otel_traces", '60'))
  expect(gone.message).toBe("Unknown table 'otel_traces'")
  expect([gone, refused].map(isOtherTables)).toEqual([true, false])
  const timeout = broken('Timeout exceeded: elapsed 1.2 s', '159')
  expect(explained(timeout)).toBe(timeout)
})
