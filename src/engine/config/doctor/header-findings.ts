import type { Finding } from '../../../contract/config.ts'
import { isTable, valueAt } from '../../../model/config/toml-value.ts'
import type { Target } from './deliver/target.ts'
import { finding } from './finding.ts'
import { placeOf, type Subject } from './subject.ts'

/** What shells and templates put in place of: Codex sends it as it stands. */
const placeholder =
  /\$\{[^{}]*\}|\$\([^()]*\)|\$\w+|`[^`]+`|\{\{[^{}]*\}\}|\{(?:env:)?[A-Za-z_]\w{0,100}\}|%\w{1,100}%|%\(\w{1,100}\)s|<[^<>]+>|\bop:\/\/\S+/

export function placeholderIn(text: string): string | null {
  return placeholder.exec(text)?.[0] ?? null
}

/** Headers that arrive otherwise than they were meant. Their values are not told. */
export function headerFindings(subject: Subject, target: Target): readonly Finding[] {
  const own = valueAt(subject.values, ['otel', subject.key, subject.variant, 'headers'])
  const written = isTable(own) ? [...own] : []
  return written.flatMap(([name, value]) => {
    if (typeof value !== 'string') return []
    const place = placeOf(subject, 'headers', name)
    const found = placeholderIn(value)
    if (found !== null)
      return finding({
        code: 'placeholder',
        severity: 'error',
        message: `the header ${name} is sent with a literal ${found}: Codex does not expand variables`,
        advice: 'Write the value itself, or let headers_helper print it (over HTTP).',
        ...place,
      })
    if (/^[\t\x20-\x7e]*$/.test(value) && /^[\w!#$%&'*+.^`|~-]+$/.test(name)) return []
    const message = `the ${target.variant === 'otlp-grpc' ? 'metadata' : 'header'} ${JSON.stringify(name)} cannot be sent: Codex drops it silently`
    return finding({
      code: 'placeholder',
      severity: 'error',
      message,
      advice: 'Names are letters, digits and dashes; values are printable ASCII on one line.',
      ...place,
    })
  })
}
