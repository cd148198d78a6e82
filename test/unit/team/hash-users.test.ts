import { expect, test } from 'vitest'
import { userHash } from '../../../src/team/projection/hash-users.ts'

test('a user becomes a word that is the same for the same person and key, and nothing else changes', () => {
  const hash = userHash('a secret')
  const session = hash('session', { id: 'one', user: 'ada@example.com', title: 'ada@example.com asks' })
  expect(session['user']).toMatch(/^user-[\da-f]{16}$/)
  expect(session).toMatchObject({ id: 'one', title: 'ada@example.com asks' })
  expect(hash('session', { id: 'two', user: 'ada@example.com' })['user']).toBe(session['user'])
  expect(hash('session', { id: 'two', user: 'eve@example.com' })['user']).not.toBe(session['user'])
  expect(userHash('another')('session', { user: 'ada@example.com' })['user']).not.toBe(session['user'])
  expect(hash('session', { id: 'three', user: null })).toEqual({ id: 'three', user: null })
  // Machines are often called after people.
  expect(hash('session', { id: 'four', host: 'adas-laptop' })['host']).toMatch(/^host-[\da-f]{16}$/)
})

test('attributes that name a user are hashed with it', () => {
  const hash = userHash('')
  for (const key of ['user.email', 'enduser.id'])
    expect(hash('session_attribute', { key, value: 'ada' })['value']).toMatch(/^user-/)
  expect(hash('session_attribute', { key: 'ticket', value: 'ada' })).toEqual({ key: 'ticket', value: 'ada' })
})
