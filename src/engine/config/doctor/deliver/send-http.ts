import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { bodyOf } from '../../../forwarding/answer-body.ts'
import { statusMessage, statusMessageOfJson } from '../../../forwarding/answer.ts'
import { instanceHeader } from '../../../receivers/instance.ts'
import { readPemFile } from '../../../pem-file.ts'
import { authorities } from './authorities.ts'
import { deadlineMs, failureOf, type Outcome } from './outcome.ts'
import type { Target } from './target.ts'

/** One export without records, to the path as it is written: Codex appends nothing, and follows no proxy for the doctor. */
export function sendHttp(target: Target, environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const { url, json, headers } = target
  const isSecure = url.protocol === 'https:'
  const body = json ? '{}' : ''
  const limit = AbortSignal.timeout(deadlineMs)
  return new Promise((resolve) => {
    const fail = (error: Error & { readonly code?: string }): void => {
      const first = error instanceof AggregateError ? ((error.errors[0] as Error & { code?: string }) ?? error) : error
      const why = limit.aborted ? 'no_answer' : failureOf(first.code ?? '', first.message)
      resolve({ kind: 'failed', why, message: limit.aborted ? 'no answer' : first.message })
    }
    try {
      const request = (isSecure ? https : http).request({
        method: 'POST',
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
        path: `${url.pathname}${url.search}`,
        headers: {
          ...Object.fromEntries(headers.filter(([name, value]) => isHeader(name, value))),
          'content-type': json ? 'application/json' : 'application/x-protobuf',
          'content-length': body.length,
        },
        ...(isSecure ? tlsOf(target, environment) : {}),
        agent: false,
        signal: limit,
      })
      request.on('response', (response) => {
        void outcomeOf(response).then(resolve)
      })
      request.on('error', fail)
      request.end(body)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

/** Codex leaves out what fits no header, without a word. */
function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}

function tlsOf({ tls }: Target, environment: NodeJS.ProcessEnv): https.RequestOptions {
  const certificate = tls['client-certificate']
  const key = tls['client-private-key']
  return {
    ca: authorities(tls['ca-certificate'], environment),
    ...(certificate === undefined ? {} : { cert: readPemFile(certificate) }),
    ...(key === undefined ? {} : { key: readPemFile(key) }),
  }
}

async function outcomeOf(response: IncomingMessage): Promise<Outcome> {
  const status = response.statusCode ?? 0
  const type = (response.headers['content-type'] ?? '').toLowerCase()
  const body = await bodyOf(response)
  if (status >= 200 && status < 300) {
    const message = `answered ${String(status)} with ${type === '' ? 'no type' : type}`
    if (!/protobuf|json/.test(type) && (type !== '' || body.length > 0))
      return { kind: 'failed', why: 'not_otlp', message }
    const instance = response.headers[instanceHeader]
    return { kind: 'taken', instance: typeof instance === 'string' ? instance : null }
  }
  const said = type.includes('json')
    ? statusMessageOfJson(body.toString())
    : type.includes('protobuf')
      ? statusMessage(body)
      : ''
  return { kind: 'refused', status: String(status), message: said || (response.statusMessage ?? '') }
}
