import { factsOfEvent, isKnownEvent, misreadOfEvent } from '../../model/codex/events/index.ts'
import { attributesOfSession } from '../../model/codex/session-attributes.ts'
import { hookStep } from '../../model/codex/hook-step.ts'
import { namesOf } from '../../model/codex/spans/index.ts'
import { isOwn } from '../../model/codex/sender.ts'
import { text, type Attributes } from '../../model/attributes.ts'
import { readGenAiEvent } from '../../model/genai/event.ts'
import { flattened } from '../../model/genai/flat.ts'
import { misreadOfTold } from '../../model/genai/misread.ts'
import { commandLineTool, genAiSender } from '../../model/genai/sender.ts'
import type { Told } from '../../model/genai/told.ts'
import { unknownOfLog } from '../../model/genai/unknown.ts'
import { eachLog, type LogView } from '../otlp/wire/logs.ts'
import type { Sender } from '../otlp/wire/resource.ts'
import { say, type Batch } from './batch.ts'
import type { Db } from './database.ts'
import type { Ingested } from './ingest-spans.ts'
import type { Intern } from './intern.ts'
import { ofCodex } from './named-session.ts'
import { recordVersions } from './record-versions.ts'
import { timeOfLog } from './log-time.ts'

export function logIngester(
  db: Db,
  intern: Intern,
): (body: number, bytes: Buffer, batch: Batch, receivedMs: number) => Ingested {
  const insert = db.prepare(
    'INSERT INTO log (conversation, time_ns, name, severity, body, at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const versions = recordVersions(db)
  return (body, bytes, batch, receivedMs) => {
    const arrivedNs = BigInt(Math.round(receivedMs)) * 1_000_000n
    const ingested: Ingested = { records: 0, rejected: 0 }
    const conversations = new Set<number>()
    eachLog(bytes, (log, sender) => {
      const timeNs = timeOfLog(log, arrivedNs)
      const { isOfCodex, conversation: sessionId } = ofCodex(log, sender)
      const app = sessionId === null && !isOfCodex ? readApp(log, timeNs, sender) : null
      const named = sessionId ?? app?.sessionId ?? null
      const conversation = named === null ? 0 : intern.conversation(named)
      conversations.add(conversation)
      insert.run(conversation, timeNs, intern.name(log.event), log.severity, body, log.at)
      ingested.records++
      if (!isOfCodex && sessionId === null) {
        const attributes = flattened(log.attributes)
        for (const key of notUnderstood(app?.told ?? null, attributes, log, sender)) {
          const client = intern.client(sender.service, sender.version)
          batch.misread.push({ client, signal: 'logs', name: log.event, key, atNs: timeNs })
        }
      }
      if (app !== null) {
        batch.touched.add(app.sessionId)
        if (app.told !== null) batch.addGenAi(app.told)
        return
      }
      if (isOfCodex) {
        const client = intern.client(sender.service, sender.version)
        if (isOwn({ name: log.event, scope: sender.scope, attributes: log.attributes })) intern.markCodex(client)
        for (const key of misreadOfEvent(log.event, log.attributes))
          batch.misread.push({ client, signal: 'logs', name: log.event, key, atNs: timeNs })
      }
      batch.add(factsOfEvent(log.event, { atNs: timeNs, sessionId, traceId: log.traceId, attributes: log.attributes }))
      if (sessionId === null) return
      see(batch, sessionId, timeNs, log, sender)
      const { event: name, attributes } = log
      const said = { ...{ name, attributes }, service: sender.service, scope: sender.scope }
      const place = { spanId: '', startNs: timeNs, endNs: timeNs }
      batch.add(hookStep(said, namesOf(attributes), place))
    })
    versions.renew(conversations)
    return ingested
  }
}

function readApp(log: LogView, timeNs: bigint, sender: Sender): ReturnType<typeof readGenAiEvent> {
  const { event: name, body, traceId, spanId, attributes } = log
  return readGenAiEvent({ name, body, timeNs, traceId, spanId, attributes: flattened(attributes) }, genAiSender(sender))
}

function notUnderstood(told: Told | null, attributes: Attributes, log: LogView, sender: Sender): readonly string[] {
  if (told !== null) return misreadOfTold(told, attributes)
  if (commandLineTool(genAiSender(sender), log.event, log.body) !== null) return []
  const unknown = unknownOfLog(attributes)
  return unknown === null ? [] : [unknown]
}

function see(batch: Batch, sessionId: string, timeNs: bigint, { event, attributes }: LogView, sender: Sender): void {
  const own = isOwn({ name: event, scope: sender.scope, attributes })
  const seen = batch.session(sessionId, timeNs, timeNs, own)
  seen.understood ||= isKnownEvent(event)
  for (const said of attributesOfSession({ name: event, scope: sender.scope, attributes }, sender.attributes))
    batch.say(sessionId, said)
  say(seen, own, {
    service: sender.service,
    environment: text(sender.attributes, 'env'),
    appVersion: text(attributes, 'app.version'),
    originator: text(attributes, 'originator'),
    terminal: text(attributes, 'terminal.type'),
    user: text(attributes, 'user.email') ?? text(attributes, 'user.account_id'),
    host: text(sender.attributes, 'host.name'),
  })
}
