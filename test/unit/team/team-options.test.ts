import { expect, test } from 'vitest'
import { readCommand } from '../../../src/cli/read-command.ts'

const url = 'https://clickhouse.example:8443'
const noFiles = { caFile: null, certFile: null, keyFile: null }

test('project needs a server, and takes the rest as usual', () => {
  expect(() => readCommand(['project', '--once'])).toThrow('project needs --clickhouse URL')
  expect(readCommand(['project', '--clickhouse', url])).toEqual({
    name: 'project',
    given: {
      ...{ url, user: 'default', password: null, database: 'otel', factsDatabase: 'colophon' },
      ...noFiles,
      ...{ plainHttp: false, shard: { number: 1, of: 1 }, once: false, json: false, hashUsers: false },
      place: { url, user: 'default', password: '', database: 'otel', factsDatabase: 'colophon', ...noFiles },
    },
  })
})

test('a password in the address is refused', () => {
  expect(() => readCommand(['project', '--clickhouse', 'https://u:p@clickhouse.example'])).toThrow(/no password/)
  for (const wrong of ['clickhouse.example', 'tcp://127.0.0.1:9000'])
    expect(() => readCommand(['project', '--clickhouse', wrong])).toThrow(/URL of http or https/)
})

test('a database is called what can be asked for', () => {
  const read = (name: string) => readCommand(['project', '--clickhouse', url, '--facts-database', name])
  expect(read('my {facts}')).toMatchObject({ given: { place: { factsDatabase: 'my {facts}' } } })
  for (const wrong of ["o'facts", 'a\\b']) expect(() => read(wrong)).toThrow('--facts-database takes a name')
})

test('a shard is one of several', () => {
  const shard = (text: string) => readCommand(['project', '--clickhouse', url, '--shard', text])
  expect(shard('2/3')).toMatchObject({ given: { shard: { number: 2, of: 3 } } })
  for (const wrong of ['0/2', '3/2', '1', '1/0', 'a/b', '1/2/3'])
    expect(() => shard(wrong)).toThrow(/--shard takes N\/M/)
})

test("a team's sessions are asked for by name, and of a server that was named", () => {
  const read = (...words: string[]) => readCommand(['sessions', ...words])
  expect(() => read('--team')).toThrow('sessions --team needs --clickhouse URL')
  expect(() => read('--clickhouse', url)).toThrow('needs --team')
  expect(read('flaky')).toMatchObject({ given: { words: 'flaky', askedTeam: null } })
  const place = { url, user: 'reader', password: 'p', database: 'otel', factsDatabase: 'colophon', ...noFiles }
  expect(read('--team', '--clickhouse', url, '--user', 'reader', '--password', 'p')).toMatchObject({
    given: { words: '', askedTeam: place },
  })
})

test('beyond this machine a password is sent over TLS, unless somebody says that nobody listens', () => {
  const plain = ['project', '--clickhouse', 'http://clickhouse:8123']
  expect(() => readCommand(plain)).toThrow('for all to read')
  expect(readCommand([...plain, '--plain-http'])).toMatchObject({ given: { url: 'http://clickhouse:8123' } })
  expect(readCommand(['project', '--clickhouse', 'http://127.0.0.1:8123'])).toMatchObject({ name: 'project' })
  expect(readCommand(['project', '--clickhouse', url, '--ca', '/own.pem'])).toMatchObject({
    given: { caFile: '/own.pem' },
  })
})
