import { expect, test } from 'vitest'
import { procedures, type ProcedureName } from '../../../src/contract/index.ts'
import { isSourced } from '../../../src/contract/sourced.ts'
import { createDispatch, type Handlers } from '../../../src/engine/dispatch.ts'

test('what is asked of a team is never answered of this machine', async () => {
  const here: string[] = []
  const there: string[] = []
  const names = Object.keys(procedures) as ProcedureName[]
  const handlers = Object.fromEntries(
    names.map((name) => [name, () => (here.push(name), Promise.resolve({ ok: true, value: {} }))]),
  )
  const dispatch = createDispatch(handlers as unknown as Handlers, (name) => {
    there.push(name)
    return Promise.resolve({ ok: true, value: {} })
  })
  for (const name of names) {
    const answer = await dispatch(name, { source: 'team' })
    if (isSourced(name)) expect(JSON.stringify(answer)).not.toContain('takes no source')
    else
      expect(answer).toEqual({
        ok: false,
        error: { code: 'bad_request', message: `${name} is about this machine alone: it takes no source` },
      })
  }
  expect(here).toEqual([])
  expect(there.filter((name) => !isSourced(name as ProcedureName))).toEqual([])
  expect(there).toContain('panel.list')
})

test('what is given up has a name, and nothing else is given up', async () => {
  const given: unknown[] = []
  const handlers = { 'team.stop': (params: unknown) => (given.push(params), Promise.resolve({ ok: true, value: {} })) }
  const dispatch = createDispatch(handlers as unknown as Handlers, () => Promise.reject(new Error('of no team')))
  await dispatch('team.stop', { asked: ['one'] })
  await dispatch('team.stop', {})
  expect(given).toEqual([{ asked: ['one'] }, {}])
})
