import { expect, test } from 'vitest'
import { teamDraft } from '../../../src/contract/team.ts'

test('a database may be called what can be asked for: nearly anything', () => {
  const url = 'https://team.example'
  for (const database of ['otel', 'my-otel', 'my otel', '1otel', 'select', '{x:String}', 'a`b"c', 'größe'])
    expect(teamDraft.parse({ url, database })).toMatchObject({ database })
  for (const database of ['', "o'tel", 'a\\b', 'a\nb'])
    expect(teamDraft.safeParse({ url, database }).success).toBe(false)
})

test('a file that is not named is none, however that is said', () => {
  const files = { caFile: '', certFile: '  ', keyFile: null }
  expect(teamDraft.parse({ url: 'https://team.example', ...files })).toMatchObject({
    ...{ caFile: null, certFile: null, keyFile: null },
  })
  expect(teamDraft.parse({ url: 'https://team.example', caFile: ' /etc/own.pem' }).caFile).toBe('/etc/own.pem')
})
