import assert from 'node:assert/strict'
import type { Bridge } from '../../src/contract/bridge.ts'
import { topics, type Changed } from '../../src/contract/changes.ts'
import { procedures, type ProcedureName } from '../../src/contract/index.ts'
import { unpackSession } from '../../src/model/block/session-block.ts'
import { codeOf, feed, value } from './ask.ts'
import { everyParam } from './every-param.ts'

/** One behaviour of the boundary, the same whatever carries it. Written with plain asserts: two test runners use it. */
export interface ContractCase {
  readonly name: string
  readonly run: (bridge: Bridge) => Promise<void>
}

const subagents = '01a1f848-7125-7111-a5ad-4d4126dc1d93'

export const contractCases: readonly ContractCase[] = [
  {
    name: 'every procedure answers what its schema says, and nothing that JSON would change',
    run: async (bridge) => {
      await feed(bridge, '09_subagents')
      const { params, rows, end } = await everyParam(bridge, subagents)
      for (const name of Object.keys(procedures) as ProcedureName[]) {
        // It goes to the network, and has a test of its own.
        if (name === 'prices.update') continue
        const answer = await value(bridge, name, params[name])
        assert.deepEqual(procedures[name].result.parse(answer), answer, name)
        if (name === 'export.read') assert.match(new TextDecoder().decode(answer as Uint8Array), /^\{"format":/)
        else if (answer instanceof Uint8Array) assert.equal(unpackSession(answer).rows.length, rows)
        else assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer, name)
      }
      end()
    },
  },
  {
    name: 'names that are no procedure are refused, those of an object too',
    run: async (bridge) => {
      for (const name of ['session.drop', '', 'constructor', '__proto__', 'toString'])
        assert.equal(codeOf(await bridge.invoke(name as ProcedureName, {})), 'unknown_procedure', name)
    },
  },
  {
    name: 'params that do not fit are refused with the place that is wrong',
    run: async (bridge) => {
      const answer = await bridge.invoke('session.list', { limit: 'many' } as never)
      assert.equal(codeOf(answer), 'bad_request')
      assert.match(answer.ok ? '' : answer.error.message, /limit/)
      assert.equal(codeOf(await bridge.invoke('session.get', {} as never)), 'bad_request')
      assert.equal(codeOf(await bridge.invoke('session.get', [] as never)), 'bad_request')
      assert.equal(codeOf(await bridge.invoke('session.list', { limit: 0 })), 'bad_request')
      assert.equal(codeOf(await bridge.invoke('settings.write', { theme: 'pink' as never })), 'bad_request')
    },
  },
  {
    name: "a team's sessions are asked for by name, and of a team alone",
    run: async (bridge) => {
      assert.deepEqual(await value(bridge, 'team.read', {}), { connection: null, password: 'none' })
      const answer = await bridge.invoke('session.list', { source: 'team' })
      assert.equal(codeOf(answer), 'bad_request')
      assert.match(answer.ok ? '' : answer.error.message, /no team is set up/)
      assert.deepEqual(
        await value(bridge, 'session.list', { source: 'local' }),
        await value(bridge, 'session.list', {}),
      )
      const beyond = await bridge.invoke('team.save', { url: 'http://clickhouse.example:8123' })
      assert.match(beyond.ok ? '' : beyond.error.message, /has to be https/)
      const saved = await value(bridge, 'team.save', { url: 'http://127.0.0.1:1', password: 'secret' })
      assert.equal(saved.password, 'file')
      assert.doesNotMatch(JSON.stringify(saved), /secret/)
      assert.equal(codeOf(await bridge.invoke('session.list', { source: 'team' })), 'unavailable')
      assert.deepEqual(await value(bridge, 'team.forget', {}), { connection: null, password: 'none' })
    },
  },
  {
    name: 'what is not there is not found',
    run: async (bridge) => {
      assert.equal(codeOf(await bridge.invoke('session.get', { id: 'nobody' })), 'not_found')
      assert.equal(codeOf(await bridge.invoke('session.tree', { id: 'nobody' })), 'not_found')
      const { exportId } = await value(bridge, 'export.start', { id: 'nobody', format: 'json' })
      const isRunning = async () => (await bridge.invoke('export.progress', { exportId })).ok
      while (await isRunning()) await new Promise((done) => setTimeout(done, 20))
      assert.equal(codeOf(await bridge.invoke('export.progress', { exportId })), 'not_found')
      assert.equal(codeOf(await bridge.invoke('export.read', { exportId: '../lock', offset: 0 })), 'not_found')
      const span = { traceId: '0'.repeat(31) + '1', spanId: '0'.repeat(15) + '1' }
      assert.equal(codeOf(await bridge.invoke('span.get', span)), 'not_found')
      assert.equal(codeOf(await bridge.invoke('span.get', { traceId: 'x', spanId: 'y' })), 'bad_request')
    },
  },
  {
    name: 'a search is words, not a pattern and not SQL',
    run: async (bridge) => {
      await feed(bridge, '09_subagents')
      const found = async (search: string) => (await value(bridge, 'session.list', { search })).total
      assert.equal(await found('SCN:sub'), 1)
      assert.equal(await found('%'), 0)
      assert.equal(await found("' OR 1=1 --"), 0)
      assert.ok((await found('01a1f848')) >= 3)
    },
  },
  {
    name: 'settings are kept, and only the ones given are changed',
    run: async (bridge) => {
      assert.deepEqual(await value(bridge, 'settings.write', { theme: 'dark' }), { theme: 'dark' })
      assert.deepEqual(await value(bridge, 'settings.write', {}), { theme: 'dark' })
      assert.deepEqual(await value(bridge, 'settings.read', {}), { theme: 'dark' })
      const place = { id: 'tokens-total', width: 4, height: 2, hidden: true }
      const arranged = { theme: 'dark', dashboards: { genai: [], codex: [place] } }
      await value(bridge, 'settings.write', { dashboards: { genai: [] } })
      await value(bridge, 'settings.write', { dashboards: { codex: [place] } })
      assert.deepEqual(await value(bridge, 'settings.write', { theme: 'dark' }), arranged)
      assert.deepEqual(await value(bridge, 'settings.read', {}), arranged)
      const tooWide = { dashboards: { codex: [{ ...place, width: 13 }] } }
      assert.equal(codeOf(await bridge.invoke('settings.write', tooWide)), 'bad_request')
      await value(bridge, 'settings.write', { theme: 'system' })
    },
  },
  {
    name: 'a change is pushed with its topics and no data, at most four times a second',
    run: async (bridge) => {
      const pushes: Changed[] = []
      let heard: () => void = () => undefined
      const stop = bridge.subscribe((changed) => {
        pushes.push(changed)
        if (changed.topics.includes('sessions')) heard()
      })
      // What was pushed before is heard before an answer that is asked for now, and is not counted: on a busy machine it comes late.
      await value(bridge, 'status', {})
      pushes.length = 0
      const begunMs = performance.now()
      const told = new Promise<void>((resolve) => {
        heard = resolve
      })
      // A stream over HTTP is open only after a while: what is sent before is not missed for ever, it is asked again.
      for (let i = 0; i < 40 && pushes.length === 0; i++) {
        await value(bridge, 'settings.write', {})
        await new Promise((done) => setTimeout(done, 100))
      }
      await feed(bridge, '08_mcp')
      await value(bridge, 'sample.remove', {})
      await told
      stop()
      assert.ok(pushes.length > 0)
      for (const changed of pushes) {
        assert.deepEqual(Object.keys(changed), ['topics'])
        assert.ok(changed.topics.every((topic) => topics.includes(topic)))
      }
      const seconds = (performance.now() - begunMs) / 1000
      assert.ok(pushes.length <= 4 * seconds + 2, `${pushes.length} pushes in ${seconds} s`)
    },
  },
]
