import type { Value } from '../contract/index.ts'
import type { Result } from '../contract/result.ts'
import { configuringHandlers } from './configuring.ts'
import { receiverCounters } from './counters.ts'
import { refusals } from './refusals.ts'
import { createDispatch } from './dispatch.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { consoleClient } from './explore/console-client.ts'
import { createExportJobs } from './exchange/export-jobs.ts'
import { exportHandlers } from './exchange/handlers.ts'
import { startForwarding, type Forwarding } from './forwarding/index.ts'
import { checkAfterUncleanStop } from './integrity.ts'
import { lazyReader } from './lazy-reader.ts'
import { answerRequests } from './holder-requests.ts'
import { updatePrices } from './pricing/update.ts'
import { alertActions } from './alerts/actions.ts'
import { commitsHandler } from './history/commits.ts'
import { startHistory } from './history/index.ts'
import type { HeldPorts } from './receivers/held-ports.ts'
import { keepReceivers } from './receivers/keeper.ts'
import { receiverHandlers } from './receivers/handlers.ts'
import type { Accept } from './receivers/received-body.ts'
import { routesTo } from './routes.ts'
import { engineStatus } from './status.ts'
import { teamSource } from './team/index.ts'
import type { StoreThreads } from './store-threads.ts'

/** Of one request body, before and after decompression. */
const maxBodyBytes = 64 * 1024 * 1024
const ageingEveryMs = 5000

/** The engine around the threads of its store, which have started. */
export async function assemble(options: EngineOptions, threads: StoreThreads, held: HeldPorts): Promise<Engine> {
  const startedAtMs = Date.now()
  const { workerOptions, changes, troubles, watch, writer, reader, alertListeners } = threads
  const { dataDir, silenceMs } = workerOptions
  const counters = receiverCounters()
  const actions = alertActions(
    async () => {
      const list = (await reader.call('alert.rules', {})) as Result<Value<'alert.rules'>>
      return list.ok ? list.value.rules : []
    },
    (rule, why) => {
      troubles.alert(rule, why)
    },
  )
  alertListeners.add((alert) => void actions.fired([alert]))
  const integrity = checkAfterUncleanStop(workerOptions, watch)
  const exports = createExportJobs(workerOptions, watch)

  const analyst = lazyReader(workerOptions, watch)
  const sqlConsole = consoleClient(dataDir, watch, options.startProcess)

  let lastStoredMs = 0
  // A session becomes lost, and a rate falls, by nothing being sent: nobody else would say so.
  const ageing = setInterval(() => {
    if (Date.now() - lastStoredMs > silenceMs + 3 * ageingEveryMs) return
    changes.note('sessions')
    changes.note('status')
  }, ageingEveryMs)

  /** It has to know the ports that the receivers got. */
  let forwards: Forwarding | null = null
  const refused = refusals()
  const accept = (transport: 'http' | 'grpc'): Accept => {
    return async ({ signal, encoding, bytes }) => {
      const answered = counters.begin(signal, transport)
      const stored = await writer.store({ signal, encoding, bytes, origin: 'received' })
      answered(stored)
      lastStoredMs = Date.now()
      changes.note('status')
      forwards?.stored()
      return stored.accepted
    }
  }
  const receiving = await keepReceivers({
    dataDir,
    wanted: { grpc: options.grpc, http: options.http },
    held,
    optionsOf: (transport) => ({
      maxBytes: maxBodyBytes,
      accept: accept(transport),
      refused: (request) => {
        if (!request.reachedStore) counters.refused(request.signal)
        refused.note(request)
        changes.note('status')
      },
    }),
    moved: () => {
      own.splice(0, own.length, receivers.grpc, receivers.http)
      changes.note('status')
    },
  })
  const receivers = receiving.addresses
  const own = [receivers.grpc, receivers.http]
  const forwarding = startForwarding({ dataDir, own, writer, reader, changes, watch })
  forwards = forwarding

  const history = startHistory({ dataDir, silenceMs, writer, reader, changes, watch })

  /** Where what is received is sent on to. */
  async function destinations(): Promise<readonly string[]> {
    const list = (await reader.call('forward.list', {})) as Result<Value<'forward.list'>>
    return list.ok ? list.value.destinations.filter(({ enabled }) => enabled).map(({ url }) => url) : []
  }

  const status = engineStatus({
    version: options.version,
    startedAtMs,
    dataDir,
    receivers: () => receiving.status(),
    counters,
    refused,
    troubles,
    reader,
  })
  const team = teamSource({ dataDir, silenceMs, keychain: options.keychain, exports, changes, watch })

  const { read, write, handlers } = routesTo({ reader, analyst, writer }, (topic) => {
    changes.note(topic)
  })

  const noteFix = write('finding.fixed', 'sessions')
  const stopAnswering = answerRequests(dataDir, { ...history.handlers, 'finding.fixed': noteFix })

  return {
    receivers,
    dispatch: createDispatch(
      {
        ...handlers,
        ...team.handlers,
        status,
        'session.list': async (params) => {
          const words = params.search?.trim() ?? ''
          const held = words === '' ? [] : await history.sessionsWith(words)
          return (await reader.call('session.list', { ...params, held })) as Result<Value<'session.list'>>
        },
        ...exportHandlers(exports, read('session.get')),
        ...configuringHandlers({ dataDir, receivers: receiving.forSenders, fixed: noteFix }),
        'prices.update': () =>
          updatePrices(
            { keep: (json) => write('prices.keep', 'sessions')({ json }), read: () => read('prices.read')({}) },
            options.priceDataUrl,
          ),
        'session.commits': commitsHandler(read('session.get')),
        'sql.run': (params) => sqlConsole.run(params),
        ...forwarding.handlers,
        'alert.test': async ({ action }) => {
          await actions.test(action)
          return { ok: true, value: {} }
        },
        ...receiverHandlers(receiving, destinations),
        'store.deleteAll': async (params) => {
          // Else everything would be read again at once.
          await history.pause()
          const result = await write('store.deleteAll', 'sessions')(params)
          history.changed()
          return result
        },
        ...history.handlers,
        'settings.write': async (params) => {
          const result = await write('settings.write', 'settings')(params)
          if (params.history !== undefined) await history.settingsChanged()
          if (params.privacy !== undefined) history.changed()
          return result
        },
      },
      team.call,
    ),
    onChanged: (listener, missedMs) => changes.subscribe(listener, missedMs),
    onAlert(listener) {
      alertListeners.add(listener)
      return () => alertListeners.delete(listener)
    },
    setReceiving: (receives) => receiving.setReceiving(receives),
    servesPage: (url) => {
      receiving.servesPage(url)
    },
    integrity: integrity.found,
    failed: threads.failed,
    async close() {
      clearInterval(ageing)
      stopAnswering()
      threads.diskWatch.close()
      changes.close()
      await receiving.close()
      // It may begin still, and what waits for its answer is not to wait for that.
      await reader.close()
      await exports.close()
      await forwarding.close()
      await history.close()
      await sqlConsole.close()
      await team.close()
      await analyst.close()
      // The last connection to close merges the write-ahead log into the database.
      await writer.close()
      await integrity.close()
    },
  }
}
