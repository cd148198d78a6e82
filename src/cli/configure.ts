import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { procedures, type Params, type Value } from '../contract/index.ts'
import type { Result } from '../contract/result.ts'
import { configHandlers } from '../engine/config/index.ts'
import { noteFix } from '../engine/findings/note-fix.ts'
import type { ConfigureOptions } from './options/configure.ts'
import { receiversAt } from './receivers.ts'

/** What stands for a secret in everything that is shown. */
const hidden = '•••'

/** Shows the change to Codex's config.toml, and makes it unless it was asked only to show. */
export async function configure(options: ConfigureOptions): Promise<void> {
  const { dataDir } = options
  const handlers = configHandlers({
    dataDir,
    receivers: receiversAt(options),
    // The file is as it was by then, and that is what was asked for.
    fixed: (of) =>
      noteFix(dataDir, of).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error)
        process.stderr.write(`colophon: Insights still counts this fix as in place: ${why}\n`)
      }),
  })
  const place = options.codexHome === null ? {} : { codexHome: options.codexHome }
  if (options.undo) {
    tellUndone(valueOf(await handlers['config.undo']({ ...place, preview: options.dryRun })), options)
    return
  }
  const asked: Params<'config.plan'> =
    options.mcp && options.protocol === null
      ? { ...place, agentServer: true }
      : {
          ...place,
          protocol: options.protocol ?? 'http',
          withoutDeltas: options.withoutDeltas,
          agentServer: options.mcp,
        }
  const request = procedures['config.plan'].params.parse(asked)
  const plan = valueOf(await handlers['config.plan'](request))
  if (plan.diff === '') {
    print(`${plan.path} already says all of this: nothing was written`)
    return
  }
  process.stdout.write(plan.diff)
  for (const warning of plan.warnings) print(`warning    ${warning}`)
  const folder = dirname(plan.target)
  if (plan.obstacle === null && !existsSync(folder)) print(`new folder ${folder}, which does not exist yet`)
  if (plan.obstacle !== null) tellByHand(plan)
  if (options.dryRun) {
    print(
      `\nNothing was written. For one run${plan.flags.includes(hidden) ? `, with the secrets in place of ${hidden}` : ''}:`,
    )
    print(`  codex ${plan.flags}`)
    return
  }
  if (plan.obstacle !== null) throw new Error('nothing was written')
  const { target, backup } = valueOf(await handlers['config.apply']({ ...request, fingerprint: plan.fingerprint }))
  print(`\nwritten    ${target}`)
  if (backup !== null) print(`backup     ${backup}`)
  print('undo       colophon configure --undo')
  tellRestart()
}

export function valueOf<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

function tellUndone(undone: Value<'config.undo'>, { dryRun }: ConfigureOptions): void {
  const { path, exists, diff, written, target, backup, kept } = undone
  process.stdout.write(diff)
  for (const key of kept) print(`kept       ${key}, because it has been changed since`)
  if (dryRun) {
    print('\nNothing was written.')
    return
  }
  const nothing = exists ? `nothing of what Colophon wrote is in ${path}` : `${path} is not there any more`
  print(written ? `\nwritten    ${target}` : `nothing was written: ${nothing}`)
  if (backup !== null) print(`backup     ${backup}`)
  if (written) tellRestart()
}

function tellByHand({ obstacle, lines }: Value<'config.plan'>): void {
  print(`\n${obstacle ?? ''}${lines.includes(hidden) ? `, with the secrets in place of ${hidden}` : ''}\n\n${lines}`)
}

/** A process keeps the exporters that it started with, the TUI's background daemon too. */
function tellRestart(): void {
  print(
    'restart    codex app-server daemon restart   (the background daemon of the TUI; running sessions keep their settings)',
  )
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
