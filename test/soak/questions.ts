import { setTimeout as delay } from 'node:timers/promises'
import type { Value } from '../../src/contract/index.ts'
import type { Host } from '../bench/host.ts'

const dayMs = 86_400_000

export interface Asked {
  readonly name: string
  readonly ms: number
}

type Question = (host: Host) => Promise<unknown>

/** What a person who looks about asks for; each session is the newest one. */
const questions: Readonly<Record<string, Question>> = {
  list: (host) => host.call('session.list', { limit: 50 }),
  overview: async (host) => {
    const { panels } = (await host.call('panel.list', {})) as Value<'panel.list'>
    const range = { fromMs: Date.now() - dayMs, toMs: Date.now() }
    for (const { id, dashboard } of panels)
      if (dashboard === 'codex') await host.call('panel.run', { panel: id, ...range })
  },
  session: async (host) => host.call('session.tree', { id: await newest(host) }),
  search: async (host) => host.call('session.search', { id: await newest(host), query: 'exec_command' }),
  logs: (host) => host.call('explore.logs', { fromMs: Date.now() - dayMs, toMs: Date.now(), text: 'completed' }),
  export: async (host) => {
    const { exportId } = (await host.call('export.start', {
      id: await newest(host),
      format: 'json',
    })) as Value<'export.start'>
    while (!((await host.call('export.progress', { exportId })) as Value<'export.progress'>).done) await delay(20)
    await host.call('export.end', { exportId })
  },
}

export const questionNames = Object.keys(questions)

/** Asks one after the other, a second between two, until it is stopped. */
export function startAsking(host: Host, answered: (asked: Asked) => void): { stop: () => Promise<void> } {
  let ended = false
  const asking = (async () => {
    for (let n = 0; !ended; n++) {
      const name = questionNames[n % questionNames.length] ?? ''
      const begun = performance.now()
      await questions[name]?.(host)
      answered({ name, ms: performance.now() - begun })
      await delay(1000)
    }
  })()
  return {
    async stop() {
      ended = true
      await asking
    },
  }
}

async function newest(host: Host): Promise<string> {
  const { sessions } = (await host.call('session.list', { limit: 1 })) as Value<'session.list'>
  const [session] = sessions
  if (session === undefined) throw new Error('There is no session.')
  return session.id
}
