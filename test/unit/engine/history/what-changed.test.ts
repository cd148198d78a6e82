import { expect, test } from 'vitest'
import type { FoundRollout } from '../../../../src/engine/history/find-rollouts.ts'
import { notWhole, type KnownFile } from '../../../../src/engine/history/known-files.ts'
import { whatChanged } from '../../../../src/engine/history/what-changed.ts'

const path = '/nowhere/rollout-2026-11-28T12-00-00-01a22214-0000-7000-8000-000000000000.jsonl'
const id = '01a22214-0000-7000-8000-000000000000'
const lies = { archived: false, modifiedMs: 1, inode: 1 }
const packed: FoundRollout = {
  ...lies,
  ...{ path: `${path}.zst`, bytes: 100 },
  name: { threadId: id, rolloutId: id, startedLocal: '2026-11-28T12-00-00', packed: true },
}
const known: KnownFile = {
  ...{
    rolloutId: id,
    home: '/nowhere',
    path,
    archived: 0,
    bytes: 900,
    modifiedMs: 1,
    inode: 1,
    head: 'x',
    readTo: 900,
  },
  ...{ state: '{}', problems: 0, gone: 0 },
}

test('a file that Codex has packed since it was read is the same', () => {
  expect(whatChanged(packed, known)).toEqual({ kind: 'moved', known })
})

test.each([
  { what: 'before', was: path },
  { what: 'while it was packed, and has not changed', was: packed.path },
])('one that was read in part $what is read anew, for nobody finds the place in it again', ({ was }) => {
  const part = { ...known, path: was, bytes: notWhole, readTo: 500 }
  expect(whatChanged(packed, part)).toMatchObject({ kind: 'read', offset: 0, renew: true })
})
