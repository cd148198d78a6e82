import type { ReceiversDraft, ReceiversShown } from '../../../../contract/receivers.ts'

export interface ReceiversForm {
  grpcHost: string
  grpcPort: number
  httpHost: string
  httpPort: number
  /** What was typed; '' leaves the token as it is. */
  token: string
  /** Whether senders must show one. */
  asksToken: boolean
  certFile: string
  keyFile: string
  clientCaFile: string
  /** One a line. */
  hosts: string
  origins: string
}

export function formOf(shown: ReceiversShown): ReceiversForm {
  return {
    grpcHost: shown.grpc.host,
    grpcPort: shown.grpc.port,
    httpHost: shown.http.host,
    httpPort: shown.http.port,
    token: '',
    asksToken: shown.token !== null,
    certFile: shown.tls?.certFile ?? '',
    keyFile: shown.tls?.keyFile ?? '',
    clientCaFile: shown.tls?.clientCaFile ?? '',
    hosts: shown.allowedHosts.join('\n'),
    origins: shown.allowedOrigins.join('\n'),
  }
}

export function draftOf(form: ReceiversForm): ReceiversDraft {
  const hasTls = form.certFile !== '' || form.keyFile !== ''
  return {
    grpc: { host: form.grpcHost.trim(), port: form.grpcPort },
    http: { host: form.httpHost.trim(), port: form.httpPort },
    tls: hasTls ? { certFile: form.certFile, keyFile: form.keyFile, clientCaFile: form.clientCaFile || null } : null,
    allowedHosts: lines(form.hosts),
    allowedOrigins: lines(form.origins),
    ...(!form.asksToken ? { token: null } : form.token === '' ? {} : { token: form.token }),
  }
}

/** 192 random bits, in characters that every header takes. */
export function freshToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** Why nothing but this machine may be meant, or null: the engine refuses it otherwise. */
export function openWarning({ grpcHost, httpHost, asksToken, certFile }: ReceiversForm): string | null {
  const open = [grpcHost, httpHost].find((host) => !/^(localhost|::1|127(\.\d{1,3}){3})$/.test(host.trim()))
  if (open === undefined) return null
  if (asksToken || certFile !== '')
    return `Other machines reach ${open}: whoever has the token or the client certificate can send here.`
  return `Other machines reach ${open}. It needs a token or TLS.`
}

function lines(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
