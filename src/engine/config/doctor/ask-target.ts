import type { Finding } from '../../../contract/config.ts'
import { maskWords } from '../../../model/config/mask.ts'
import type { OtlpProtocol } from '../../../model/config/one-click.ts'
import type { TomlTable } from '../../../model/config/toml-value.ts'
import { scrub } from '../../../model/forwarding/mask.ts'
import type { ConfigFile } from '../config-file.ts'
import type { Outcome } from './deliver/outcome.ts'
import { sendGrpc } from './deliver/send-grpc.ts'
import { sendHttp } from './deliver/send-http.ts'
import { isOnThisMachine, type Target } from './deliver/target.ts'
import type { Examination } from './examination.ts'
import { explain } from './explain-outcome.ts'
import { finding } from './finding.ts'
import { fixToReceiver, placeOf, type Subject } from './subject.ts'

/** Sends one export without records where an exporter sends, as it would, and tells what is wrong with what came back. */
export async function askTarget(
  file: ConfigFile,
  values: TomlTable,
  target: Target,
  examination: Examination & { readonly protocol: OtlpProtocol },
): Promise<readonly Finding[]> {
  const { receivers, environment, askOthers, instance, protocol } = examination
  const { key, variant, url, signal } = target
  const subject: Subject = { file, values, receivers, key, variant, endpoint: url.href, protocol }
  const shown = maskWords(url.href)
  const elsewhere = (message: string, advice: string): Finding =>
    finding({
      code: 'goes_elsewhere',
      severity: 'warning',
      message: `${signal} go elsewhere: ${message}`,
      advice,
      ...placeOf(subject, 'endpoint'),
      fix: fixToReceiver(subject),
    })
  if (!isOnThisMachine(url.hostname) && !askOthers)
    return [
      elsewhere(
        `${shown} is not this machine and was not contacted`,
        'Colophon shows what Codex sends here, and can send it on (Settings, Forwarding). Nothing is sent to other machines unless you ask for it.',
      ),
    ]
  const outcome = scrubbed(await (variant === 'otlp-http' ? sendHttp : sendGrpc)(target, environment), target)
  if (outcome.kind === 'taken') {
    if (outcome.instance === instance) return []
    const who = outcome.instance === null ? 'is not Colophon' : 'is a Colophon with another data folder'
    return [
      elsewhere(
        `${shown} accepts them, but ${who}`,
        'To see them here, let Codex send to this Colophon, which can send them on (Settings, Forwarding).',
      ),
    ]
  }
  return [explain(subject, target, outcome)]
}

/** An endpoint may quote the key that it refuses. */
function scrubbed(outcome: Outcome, { headers }: Target): Outcome {
  if (outcome.kind === 'taken') return outcome
  const message = maskWords(
    scrub(
      outcome.message,
      headers.map(([, value]) => value),
    ).slice(0, 300),
  )
  return { ...outcome, message }
}
