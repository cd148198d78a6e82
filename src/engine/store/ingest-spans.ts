import {
  factsOfServerStart,
  factsOfSpan,
  linkKinds,
  linkOfSpan,
  misreadOfSpan,
  serverStart,
  type CodexSpan,
  type SpanLink,
} from '../../model/codex/spans/index.ts'
import { attributesOfSession } from '../../model/codex/session-attributes.ts'
import { hookStep } from '../../model/codex/hook-step.ts'
import { isCodex, isCodexName, isOwn } from '../../model/codex/sender.ts'
import { text } from '../../model/attributes.ts'
import { flattened } from '../../model/genai/flat.ts'
import { misreadOfTold } from '../../model/genai/misread.ts'
import { genAiSender } from '../../model/genai/sender.ts'
import { readGenAiSpan } from '../../model/genai/span.ts'
import { unknownOfSpan } from '../../model/genai/unknown.ts'
import { attributesOf, eachSpan, exceptionOf, speaksOfModels, type SpanView } from '../otlp/wire/spans.ts'
import type { Sender } from '../otlp/wire/resource.ts'
import { sameBytes } from '../same-bytes.ts'
import { earlierText, say, type Batch } from './batch.ts'
import type { Db } from './database.ts'
import type { Intern } from './intern.ts'
import { recordVersions } from './record-versions.ts'
import { spanInserter } from './span-rows.ts'
import { timeKeeper } from './span-times.ts'
import { believableStretch } from './storable-time.ts'

/** How many records a body held, and how many of them OTLP calls invalid. */
export interface Ingested {
  records: number
  rejected: number
}

export function spanIngester(
  db: Db,
  intern: Intern,
): (body: number, bytes: Buffer, batch: Batch, receivedMs: number) => Ingested {
  const rowsOf = spanInserter(db)
  const versions = recordVersions(db)
  const insertLink = db.prepare(
    'INSERT INTO span_link (trace, span_id, conversation, kind, turn_id, call_id) VALUES (?, (? << 32) | ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const insertTraceConversation = db.prepare(
    'INSERT INTO trace_conversation (conversation, trace) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )

  return (body, bytes, batch, receivedMs) => {
    const keepPlausible = timeKeeper(receivedMs)
    const ingested: Ingested = { records: 0, rejected: 0 }
    let sender: Sender | null = null
    let client = 0
    let isOther = false
    let traceKey = ''
    let traceHex = ''
    let trace = 0
    let traceAt = -1
    const traces = new Set<number>()
    const rows = rowsOf(body)

    eachSpan(bytes, (view, from) => {
      if (view.traceIdAt < 0 || view.spanIdAt < 0) {
        ingested.rejected++
        return
      }
      const isPlausible = keepPlausible(view)
      if (from !== sender) {
        sender = from
        client = intern.client(from.service, from.version)
        isOther = !isCodexName(from.service) && !isCodexName(from.scope)
      }
      if (traceAt < 0 || !sameBytes(bytes, traceAt, bytes, view.traceIdAt, 16)) {
        traceAt = view.traceIdAt
        traceKey = bytes.toString('latin1', traceAt, traceAt + 16)
        trace = intern.trace(traceKey, bytes.subarray(traceAt, traceAt + 16), client)
        traceHex = bytes.toString('hex', traceAt, traceAt + 16)
        traces.add(trace)
      }
      const { id, text: name } = intern.nameIn(bytes, view.nameStart, view.nameEnd)
      if (!isPlausible) batch.misread.push({ client, signal: 'traces', name, key: implausible, atNs: startOf(view) })
      rows.add({
        trace,
        idHigh: bytes.readInt32BE(view.spanIdAt),
        idLow: bytes.readInt32BE(view.spanIdAt + 4),
        parentHigh: view.parentIdAt < 0 ? 0 : bytes.readInt32BE(view.parentIdAt),
        parentLow: view.parentIdAt < 0 ? 0 : bytes.readInt32BE(view.parentIdAt + 4),
        name: id,
        startHigh: view.startHigh | 0,
        startLow: view.startLow | 0,
        duration: durationOf(view),
        flags: (view.kind & 15) | ((view.status & 3) << 4) | (view.events > 0 ? 64 : 0),
        at: view.at,
      })
      ingested.records++
      if (view.linked || (isOther && speaksOfModels(view))) link(view, name, from)
      else if (name === serverStart && !isOther) batch.add(factsOfServerStart(decodeSpan(view, name, bytes)))
      // Any span may lie between two that tell of one request.
      if (isOther) batch.touched.add(traceHex)
    })
    rows.insert()
    // Last: a trace may have named its conversation only now.
    versions.renewOfTraces(traces)
    return ingested

    function link(view: SpanView, name: string, from: Sender): void {
      const span = decodeSpan(view, name, bytes)
      const said = { ...from, name, attributes: span.attributes }
      // What names a conversation is read as Codex's; who sent it is Codex only by what Codex alone writes.
      const own = isOwn(said)
      if (own) intern.markCodex(client)
      else if (!isCodex(said) && linkGenAi(view, span, from)) return
      const spanLink = linkOfSpan(span)
      const { conversationId } = spanLink
      for (const key of misreadOfSpan(span, spanLink))
        batch.misread.push({ client, signal: 'traces', name, key, atNs: span.startNs })
      const conversation = conversationId === null ? 0 : intern.conversation(conversationId)
      writeLink(view, conversation, spanLink)
      batch.add(factsOfSpan(span, spanLink))
      batch.add(hookStep(said, spanLink, span))
      if (conversationId === null) return
      insertTraceConversation.run(conversation, trace)
      // The thread's and the process's own spans outlast the work by their start-up and unloading.
      if (spanLink.kind === 'loop' || spanLink.kind === 'process') {
        batch.touched.add(conversationId)
        return
      }
      const seen = batch.session(conversationId, span.startNs, span.endNs, own)
      seen.spans = true
      seen.understood ||= spanLink.kind !== 'other'
      say(seen, own, {
        service: from.service,
        environment: text(from.attributes, 'env'),
        appVersion: from.version,
        host: text(from.attributes, 'host.name'),
        ...{ originator: null, terminal: null, user: null },
      })
      for (const attribute of attributesOfSession(said, from.attributes)) batch.say(conversationId, attribute)
      seen.batch = earlierText(seen.batch, text(span.attributes, 'batch'))
    }

    /** false: the span says nothing of a model, an agent or a conversation of an application. */
    function linkGenAi(view: SpanView, span: CodexSpan, from: Sender): boolean {
      const failed = view.status === 2
      const exception = failed ? exceptionOf(view) : null
      const duration = durationOf(view)
      // One that is longer than can be true has lost its length.
      const isTimed = duration !== null && (duration === 0 || span.endNs > span.startNs)
      const whole = { ...span, attributes: flattened(span.attributes), failed, exception, isTimed }
      const misread = (key: string): void =>
        void batch.misread.push({ client, signal: 'traces', name: span.name, key, atNs: span.startNs })
      const unknown = unknownOfSpan(whole, genAiSender(from))
      if (unknown !== null) misread(unknown)
      const read = readGenAiSpan(whole, genAiSender(from))
      if (read === null) return false
      if (read.told !== null) misreadOfTold(read.told, whole.attributes).forEach(misread)
      const { link, told } = read
      writeLink(view, link.conversationId === null ? 0 : intern.conversation(link.conversationId), link)
      if (told !== null) batch.addGenAi(told)
      // Without a conversation the trace is the session, until it turns out to be of another.
      insertTraceConversation.run(intern.conversation(link.conversationId ?? span.traceId), trace)
      return true
    }

    function writeLink(view: SpanView, conversation: number, { kind, turnId, callId }: SpanLink): void {
      const [high, low] = [bytes.readInt32BE(view.spanIdAt), bytes.readUInt32BE(view.spanIdAt + 4)]
      insertLink.run(trace, high, low, conversation, linkKinds[kind], turnId, callId)
    }
  }
}

/** In the place of a key: what could not be read of the record. */
const implausible = 'times (implausible clock)'

function startOf(view: SpanView): bigint {
  return (BigInt(view.startHigh) << 32n) | BigInt(view.startLow)
}

/** Nanoseconds; null without an end. Exact below 2^53 ns, which is 104 days. */
function durationOf(view: SpanView): number | null {
  if (view.endHigh === 0 && view.endLow === 0) return null
  return (view.endHigh - view.startHigh) * 4_294_967_296 + (view.endLow - view.startLow)
}

function decodeSpan(view: SpanView, name: string, bytes: Buffer): CodexSpan {
  const startNs = (BigInt(view.startHigh) << 32n) | BigInt(view.startLow)
  const endNs = (BigInt(view.endHigh) << 32n) | BigInt(view.endLow)
  return {
    name,
    traceId: bytes.toString('hex', view.traceIdAt, view.traceIdAt + 16),
    spanId: bytes.toString('hex', view.spanIdAt, view.spanIdAt + 8),
    parentSpanId: view.parentIdAt < 0 ? '' : bytes.toString('hex', view.parentIdAt, view.parentIdAt + 8),
    ...believableStretch(startNs, endNs),
    attributes: attributesOf(view),
  }
}
