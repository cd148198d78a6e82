import { expect, test } from 'vitest'
import { brokenWay } from '../../../src/engine/broken-way.ts'

const broken = (message: string, code: string): Error => Object.assign(new Error(message), { code })
const refused = broken('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')

test.each<[string, unknown, string]>([
  ['one address', refused, 'nobody listens at this address (connect ECONNREFUSED 127.0.0.1:1)'],
  [
    'a name of two addresses, whose failure has no words of its own',
    Object.assign(new AggregateError([broken('connect ECONNREFUSED ::1:1', 'ECONNREFUSED'), refused], ''), {
      code: 'ECONNREFUSED',
    }),
    'nobody listens at this address (connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1)',
  ],
  [
    'what fetch throws',
    new TypeError('fetch failed', { cause: new AggregateError([refused]) }),
    'nobody listens at this address (connect ECONNREFUSED 127.0.0.1:1)',
  ],
  ['a code that the words do not name', broken('read', 'ECONNRESET'), 'the connection broke off (read)'],
  [
    'a certificate that was good once',
    broken('certificate has expired', 'CERT_HAS_EXPIRED'),
    'its certificate is not valid today (certificate has expired)',
  ],
  ['what is not known', new Error('Parse Error: Expected HTTP/'), 'Parse Error: Expected HTTP/'],
  ['what is no error', 'gone', 'gone'],
])('of %s', (_, error, words) => {
  expect(brokenWay(error)).toBe(words)
})
