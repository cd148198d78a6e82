import type { Finding } from '../contract/config.ts'
import { configHandlers } from '../engine/config/index.ts'
import { valueOf } from './configure.ts'
import type { DoctorOptions } from './options/configure.ts'
import { receiversAt } from './receivers.ts'

/** Prints what is wrong with the way from Codex to a receiver. The exit code is 1 where there is anything. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const handlers = configHandlers({ dataDir: options.dataDir, receivers: receiversAt(options) })
  const { findings, effective } = valueOf(
    await handlers['config.doctor']({
      ...(options.codexHome === null ? {} : { codexHome: options.codexHome }),
      ...(options.project === null ? {} : { project: options.project }),
      askOthers: options.askOthers,
    }),
  )
  for (const finding of findings) process.stdout.write(`${words(finding)}\n`)
  if (effective.length > 0) process.stdout.write('The values in effect for codex, from every layer that can be read:\n')
  for (const { key, value, layer, file } of effective)
    process.stdout.write(`  otel.${key} = ${value ?? '(nothing)'}   ${layer}${file === null ? '' : `, ${file}`}\n`)
  if (findings.length > 0) process.exitCode = 1
  else process.stdout.write('Nothing is wrong.\n')
}

function words({ severity, message, advice, file, line, fix }: Finding): string {
  const place = file === null ? '' : `\n  ${file}${line === null ? '' : `:${String(line)}`}`
  const indented = fix === null ? '' : `\n    ${fix.diff.trimEnd().replaceAll('\n', '\n    ')}`
  return `${severity}: ${message}${place}\n  ${advice}${indented}\n`
}
