import { describe, expect, it } from 'vitest'
import { sessionName, shortFolder, shortId } from '../../../../src/model/session/name.ts'

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

  const id = '01a1f848-7125-7c30-9d1e-5a1be0c91d93'
  const startedAtMs = new Date(2026, 10, 13, 9, 4, 7).getTime()
  const unnamed = { id, title: null, folder: '/home/ada/work/shop', startedAtMs }

  it('call a session as its user does, else by its prompt', () => {
    const named = { name: 'The\u202e cart', starred: false, note: null, tags: [] }
    expect(sessionName({ ...unnamed, title: 'Fix it', byUser: named })).toBe('The\\u202e cart')
    expect(sessionName({ ...unnamed, title: 'Fix it', byUser: { ...named, name: null } })).toBe('Fix it')
  })

  it('tell sessions of one folder apart by when they began, to the second', () => {
    expect(sessionName(unnamed)).toBe('shop · 13 Nov 09:04:07')
    expect(sessionName({ ...unnamed, startedAtMs: startedAtMs + 1000 })).toBe('shop · 13 Nov 09:04:08')
    expect(sessionName({ ...unnamed, folder: '/home/ada' })).toBe('~ · 13 Nov 09:04:07')
    expect(sessionName({ ...unnamed, folder: 'C:\\Users\\ada\\shop\\' })).toBe('shop · 13 Nov 09:04:07')
    expect(sessionName({ ...unnamed, folder: null })).toBe('Session · 13 Nov 09:04:07')
  })

  it('call one that nothing is known of by its id', () => {
    expect(sessionName({ id, title: null, folder: null, startedAtMs: null })).toBe('01a1f848…1d93')
  })
})
