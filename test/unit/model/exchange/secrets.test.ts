import { expect, test } from 'vitest'
import { mayHoldSecret, replaceSecrets } from '../../../../src/model/exchange/secrets.ts'

/** Made up, and put together here so that no scanner takes this file for a leak. */
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0'
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTYifQ', 'c2lnbmF0dXJlLW9mLWl0'].join('.')
const pem = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END ${kind}PRIVATE KEY-----`

test.each([
  ['an OpenAI key', `sk-${random}`, '[secret]'],
  ['a project key', `key: sk-proj-${random} end`, 'key: [secret] end'],
  ['an Anthropic key', `sk-ant-api03-${random}`, '[secret]'],
  ['a GitHub token', `ghp_${random.slice(0, 36)}`, '[secret]'],
  ['a GitHub OAuth token', `gho_${random.slice(0, 36)}`, '[secret]'],
  ['a fine-grained GitHub token', `github_pat_${random}_${random}`, '[secret]'],
  ['an AWS access key', 'id AKIAIOSFODNN7ABCDEFG.', 'id [secret].'],
  ['an AWS secret', `aws_secret_access_key=${random}`, 'aws_secret_access_key=[secret]'],
  ['a Google key', `AIza${random.slice(0, 35)}`, '[secret]'],
  ['a Slack token', `xoxb-${'1234567890'}-${random}`, '[secret]'],
  ['a JWT', `cookie ${jwt};`, 'cookie [secret];'],
  ['a private key', `${pem('')}\nrest`, '[secret]\nrest'],
  ['an RSA private key', pem('RSA '), '[secret]'],
  ['a private key that is cut off', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r', '[secret]'],
  ['a Bearer header', `Authorization: Bearer ${random}`, 'Authorization: Bearer [secret]'],
  ['a password assignment', 'mysql --password=hunter2secret db', 'mysql --password=[secret] db'],
  ['a token in a query', 'GET /x?token=abc123def456&page=2', 'GET /x?token=[secret]&page=2'],
  ['an environment variable', 'export DB_PASSWORD=s3cr3tvalue', 'export DB_PASSWORD=[secret]'],
  ['a quoted assignment', 'api_key: "abcdef123456"', 'api_key: "[secret]"'],
  ['JSON', '{"password":"correct-horse","a":1}', '{"password":"[secret]","a":1}'],
  ['JSON in a text', '{\\"client_secret\\":\\"correct-horse\\"}', '{\\"client_secret\\":\\"[secret]\\"}'],
  ['a URL with a password', 'postgres://app:s3cr3t@db:5432/x', 'postgres://app:[secret]@db:5432/x'],
])('%s is replaced', (_what, text, expected) => {
  const found: string[] = []
  expect(replaceSecrets(text, (secret) => found.push(secret))).toBe(expected)
  expect(found).toHaveLength(1)
  expect(mayHoldSecret(text)).toBe(true)
  expect(replaceSecrets(expected, (secret) => found.push(secret))).toBe(expected)
})

test.each([
  'the task-management-of-2024-season list',
  'sk-learn-compatible-estimator-check-number-1',
  'disk-usage-0123456789abcdef0123456789',
  'total_token=39180 and output_token_count=120',
  'tokens=1234567 token_count: 512',
  'password=$DB_PASSWORD token=${TOKEN} secret=<your-secret>',
  'password=******** token=null',
  'const token = await getToken()',
  'token=process.env.TOKEN',
  'token=getToken(session)',
  'if (password === other) return',
  'The password is asked for at the prompt.',
  'Bearer authentication is described in RFC 6750',
  'https://example.com:8080/a@b',
  'git@github.com:owner/name.git',
  'ssh://user@host/path',
  '01a1f845-c8de-7f60-b9c6-04f6e1f3e4b8',
  '-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----',
  'eyJ is how a JWT begins, eyJhbGci.eyJz is none',
  'ghp_short AKIASHORT xoxb-1',
])('%s holds no secret', (text) => {
  expect(replaceSecrets(text, () => expect.unreachable())).toBe(text)
})
