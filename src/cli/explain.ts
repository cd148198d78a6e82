import type { Value } from '../contract/index.ts'
import { openReading } from '../engine/reading/index.ts'
import type { ExplainOptions } from './options/explain.ts'

interface Explanation extends Value<'session.findings'> {
  readonly id: string
  readonly title: string | null
}

/** Says why a session was slow or expensive; also beside a Colophon that runs on the folder. */
export async function explain({ session, dataDir, json }: ExplainOptions): Promise<void> {
  const reading = openReading(dataDir)
  try {
    const { id } = reading.find(session, process.cwd())
    const { title, byUser } = await reading.ask('session.get', { id })
    const explained = { id, title: byUser.name ?? title, ...(await reading.ask('session.findings', { id })) }
    process.stdout.write(json ? `${JSON.stringify(explained)}\n` : `${inWords(explained).join('\n')}\n`)
  } finally {
    reading.close()
  }
}

function inWords({ id, title, verdict, findings, tokensDiffer, context }: Explanation): string[] {
  const last = context?.fills.at(-1)
  const left = context?.callsLeft ?? null
  return [
    `${title ?? 'A session without a title'} (${id})`,
    verdict ?? 'It has had no turn yet.',
    ...findings.flatMap(({ title: found, fix, dismissed }) => [
      '',
      `- ${found}${dismissed ? ' (not a problem, as you said)' : ''}`,
      ...(fix === null ? [] : [`  ${fixWords(fix)}`]),
    ]),
    ...(findings.length === 0 ? ['', 'Nothing was found that would have saved time or money.'] : []),
    ...(tokensDiffer === null ? [] : ['', `Tokens: ${tokensDiffer}`]),
    ...(last === undefined
      ? []
      : [
          '',
          `Context: ${String(Math.round(last.share * 100))} % full${left === null ? '' : `, about ${String(left)} calls left`}`,
        ]),
  ]
}

function fixWords(fix: NonNullable<Explanation['findings'][number]['fix']>): string {
  if (fix.type === 'hint') return fix.text
  if (fix.type === 'rule') return `A rule for what begins with ${JSON.stringify(fix.prefix)} would let it run unasked.`
  const lines = fix.changes.map(
    ({ path, value, adds }) => `${path.join('.')} ${adds ? '+=' : '='} ${JSON.stringify(value)}`,
  )
  return `${lines.join(', ')}: ${fix.why}`
}
