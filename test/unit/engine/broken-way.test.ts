import { expect, test } from 'vitest'
import { brokenWay, whyUnanswered } from '../../../src/engine/broken-way.ts'

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
  [
    'what fetch throws where a body breaks off',
    new TypeError('terminated', { cause: broken('other side closed', 'UND_ERR_SOCKET') }),
    'the connection broke off (other side closed)',
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

test('what ran out of time says how long it had, all else why it failed', async () => {
  const signal = AbortSignal.timeout(1)
  await new Promise((done) => {
    signal.addEventListener('abort', done)
  })
  expect(whyUnanswered(signal.reason, 3000)).toBe('no answer within 3 s')
  expect(whyUnanswered(refused, 3000)).toBe(brokenWay(refused))
})
