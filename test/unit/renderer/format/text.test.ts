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

  it('calls a session as its user does, else by its prompt, else by its folder and when it began, else by its id', () => {
    const id = '01a1f848-7125-7c30-9d1e-5a1be0c91d93'
    const named = { name: 'The\u202e cart', starred: false, note: null, tags: [] }
    expect(sessionTitle({ id, title: 'Fix it', folder: null, byUser: named })).toBe('The\\u202e cart')
    expect(sessionTitle({ id, title: 'Fix it', folder: null, byUser: { ...named, name: null } })).toBe('Fix it')
    const startedAtMs = new Date(2026, 10, 13, 9, 4).getTime()
    expect(sessionTitle({ id, title: null, folder: '/home/ada/shop', startedAtMs })).toBe('~/shop · 13 Nov 09:04')
    expect(sessionTitle({ id, title: 'Fix it', folder: '/home/ada/shop' })).toBe('Fix it')
    expect(sessionTitle({ id, title: null, folder: '/home/ada/shop' })).toBe('~/shop')
    expect(sessionTitle({ id, title: null, folder: null })).toBe('01a1f848…1d93')
  })

  it('finds the port of any address', () => {
    expect(['127.0.0.1:4317', '[::1]:4318'].map(portOf)).toEqual(['4317', '4318'])
  })
})
