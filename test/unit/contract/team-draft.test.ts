import { expect, test } from 'vitest'
import { teamDraft } from '../../../src/contract/team.ts'

test('a file that is not named is none, however that is said', () => {
  const files = { caFile: '', certFile: '  ', keyFile: null }
  expect(teamDraft.parse({ url: 'https://team.example', ...files })).toMatchObject({
    ...{ caFile: null, certFile: null, keyFile: null },
  })
  expect(teamDraft.parse({ url: 'https://team.example', caFile: ' /etc/own.pem' }).caFile).toBe('/etc/own.pem')
})
