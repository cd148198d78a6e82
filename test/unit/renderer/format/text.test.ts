import { describe, expect, it } from 'vitest'
import { portOf, sessionTitle, shortFolder, shortId } from '../../../../src/renderer/format/text.ts'

describe('names', () => {
  it('shortens ids to their two telling ends', () => {
    expect(shortId('01a1f848-7125-7c30-9d1e-5a1be0c91d93')).toBe('01a1f848…1d93')
    expect(shortId('short')).toBe('short')
  })

  it.each([
    ['/home/ada/shop', '~/shop'],
    ['/Users/ada', '~'],
    ['C:\\Users\\ada\\shop', '~\\shop'],
    ['/srv/shop', '/srv/shop'],
  ])('shows %s as %s', (folder, text) => expect(shortFolder(folder)).toBe(text))

  it('calls a session by its prompt, else its folder, else its id', () => {
    const id = '01a1f848-7125-7c30-9d1e-5a1be0c91d93'
    expect(sessionTitle({ id, title: 'Fix it', folder: '/home/ada/shop' })).toBe('Fix it')
    expect(sessionTitle({ id, title: null, folder: '/home/ada/shop' })).toBe('~/shop')
    expect(sessionTitle({ id, title: null, folder: null })).toBe('01a1f848…1d93')
  })

  it('finds the port of any address', () => {
    expect(['127.0.0.1:4317', '[::1]:4318'].map(portOf)).toEqual(['4317', '4318'])
  })
})
