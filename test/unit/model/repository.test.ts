import { describe, expect, it } from 'vitest'
import { projectOf, repositoryName, withoutCredentials } from '../../../src/model/codex/repository.ts'

describe('the name of a repository', () => {
  it('is the same however it is reached', () => {
    const addresses = [
      'https://github.com/acme/shop.git',
      'https://ada:tok3n@GitHub.com/acme/shop/',
      'ssh://git@github.com:22/acme/shop.git',
      'git@github.com:acme/shop.git',
      'github.com:acme/shop',
      'https://github.com/acme/shop.git?token=tok3n',
    ]
    expect(new Set(addresses.map(repositoryName))).toEqual(new Set(['github.com/acme/shop']))
  })

  it('is the address itself where that is a path', () => {
    expect(['/srv/git/shop.git', 'C:\\git\\shop', '../shop'].map(repositoryName)).toEqual([
      '/srv/git/shop',
      'C:\\git\\shop',
      '../shop',
    ])
  })

  it('holds no word of what was needed to reach it', () => {
    const secret = 's3cr3t'
    for (const address of [
      `https://${secret}@host/a.git`,
      `https://ada:p@ss${secret}@host/a`,
      `https://host/a.git?private_token=${secret}`,
      `https://host/a#${secret}`,
    ]) {
      expect(withoutCredentials(address)).not.toContain(secret)
      expect(repositoryName(address)).toBe('host/a')
    }
  })

  it('gives way to the folder where no remote is known', () => {
    expect(projectOf({ repository: null, folder: '/home/ada/notes' })).toBe('/home/ada/notes')
    expect(projectOf({ repository: 'host/a', folder: '/home/ada/a' })).toBe('host/a')
  })
})
