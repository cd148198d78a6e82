import { expect, test } from 'vitest'
import { procedures } from '../../../src/contract/index.ts'
import type { StoreUnderTest } from '../engine/store-under-test.ts'
import { loadCapture } from '../../captures.ts'
import { jsonBody, promptOf, spanRequest, texts, turnSpan } from '../engine/requests.ts'
import { withPanels, type PanelsUnderTest } from '../panels/panels-under-test.ts'

const everything = { fromMs: 0, toMs: 9e12 }

function batchesOf(
  { reader }: StoreUnderTest,
  params: object = {},
): ReturnType<StoreUnderTest['reader']['batch.list']>['batches'] {
  return reader['batch.list'](procedures['batch.list'].params.parse({ ...everything, ...params })).batches
}

function membersOf(
  { reader }: StoreUnderTest,
  key: object,
): ReturnType<StoreUnderTest['reader']['batch.members']>['members'] {
  return reader['batch.members'](procedures['batch.members'].params.parse({ ...everything, ...key })).members
}

/** What every capture's sessions add up to, by the key of their batch. */
function sums(store: PanelsUnderTest, sum: string): number {
  return store.db.prepare<[], number>(`SELECT sum(${sum}) FROM session WHERE kind <> 'app'`).pluck().get() ?? 0
}

test('what sub-agents used counts with the session that started them, and nothing is lost', () =>
  withPanels(
    ['02_classic', '09_subagents', '16_tui', '28_guardian'].flatMap((name) => loadCapture(name).bodies),
    (store) => {
      const batches = batchesOf(store)
      expect(batches.map(({ originator, environment, sessions }) => [originator, environment, sessions])).toEqual(
        expect.arrayContaining([['codex-tui', 'capture', 1]]),
      )
      const total = (of: (batch: (typeof batches)[number]) => number): number =>
        batches.reduce((sum, batch) => sum + of(batch), 0)
      expect(total(({ sessions, helpers }) => sessions + helpers)).toBe(sums(store, '1'))
      expect(total(({ tokens }) => tokens.input)).toBe(sums(store, 'input_tokens'))
      expect(total(({ errors }) => errors)).toBe(sums(store, 'errors'))
      expect(total(({ costUsd }) => costUsd ?? 0)).toBeCloseTo(sums(store, 'cost_usd'), 9)
      for (const batch of batches) {
        const members = membersOf(store, batch)
        expect(members).toHaveLength(batch.sessions)
        expect(members.reduce((sum, { tokens }) => sum + tokens.input, 0)).toBe(batch.tokens.input)
        expect(members[0]?.session.id).toBe(batch.longest.id)
      }
      const [subagents] = loadCapture('09_subagents').conversations.filter(({ kind }) => kind === 'user')
      const parent = batches
        .flatMap((batch) => membersOf(store, batch))
        .find(({ session }) => session.id === subagents?.conversation)
      expect(parent?.helpers).toBeGreaterThan(0)
      expect(parent?.tokens.input).toBeGreaterThan(parent?.session.tokens.input ?? Infinity)
    },
  ))

test('the attribute `batch` of a session tells its batch apart, in the list and on the dashboard', () =>
  withPanels(
    [
      ...['a', 'b', 'c'].map((id) => promptOf(id)),
      ...['a', 'b'].map((id) =>
        jsonBody(
          'traces',
          spanRequest(
            turnSpan(id, { attributes: texts({ 'thread.id': id, 'turn.id': `turn ${id}`, batch: 'nightly' }) }),
          ),
        ),
      ),
    ],
    (store) => {
      expect(
        batchesOf(store)
          .map(({ batch, sessions }) => [batch, sessions])
          .sort(),
      ).toEqual([
        [null, 1],
        ['nightly', 2],
      ])
      expect(
        membersOf(store, { originator: null, environment: null, batch: 'nightly' })
          .map(({ session }) => session.id)
          .sort(),
      ).toEqual(['a', 'b'])
      expect(store.run('batches', everything).map(({ batch, sessions }) => [batch, sessions])).toEqual([
        ['nightly', 2],
        ['', 1],
      ])
    },
  ))

test('sessions are grouped by whose they are and by where they ran, and what none of them says is a group as well', () =>
  withPanels(
    [
      ...['a', 'b', 'c'].map((id) => promptOf(id)),
      ...[
        { id: 'a', email: 'ada@example.com', host: "ada's \\ {laptop}" },
        { id: 'b', email: 'ada@example.com', host: 'ci' },
      ].map(({ id, email, host }) => {
        const record = {
          observedTimeUnixNano: '1790000000500000000',
          attributes: texts({ 'event.name': 'codex.user_prompt', 'conversation.id': id, 'user.email': email }),
        }
        const resource = { attributes: texts({ 'host.name': host }) }
        return jsonBody('logs', { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] })
      }),
    ],
    (store) => {
      const groups = (by: 'user' | 'host') =>
        batchesOf(store, { by })
          .map((group) => [group[by], group.sessions, membersOf(store, { by, [by]: group[by] }).length])
          .sort()
      expect(groups('user')).toEqual([
        [null, 1, 1],
        ['ada@example.com', 2, 2],
      ])
      expect(groups('host')).toEqual([
        [null, 1, 1],
        ["ada's \\ {laptop}", 1, 1],
        ['ci', 1, 1],
      ])
    },
  ))

test('filters narrow the members', () =>
  withPanels(
    ['02_classic', '16_tui'].flatMap((name) => loadCapture(name).bodies),
    (store) => {
      expect(batchesOf(store, { filters: { originator: ['codex-tui'] } }).map(({ originator }) => originator)).toEqual([
        'codex-tui',
      ])
      expect(batchesOf(store, { filters: { helpers: false } }).every(({ helpers }) => helpers === 0)).toBe(true)
      expect(() => batchesOf(store, { fromMs: 2, toMs: 1 })).toThrow('the range ends before it begins')
    },
  ))
