import type { CommandResults } from '../contract/commands.ts'
import { existsSync } from 'node:fs'
import { plural } from '../contract/short-words.ts'
import { aloneOrByHolder } from '../engine/holder-requests.ts'
import { historyInFolder } from '../engine/history/scan-folder.ts'
import type { HistoryOptions } from './options/history.ts'
import { jsonLine } from './print.ts'

/** Reads Codex's own session files, says what was read, or forgets it; where a Colophon runs on the folder, that one does it. */
export async function history({ what, codexHome, dataDir, json }: HistoryOptions): Promise<void> {
  const homes = codexHome === null ? undefined : [codexHome]
  const tell = (value: CommandResults['history'], words: string): void => {
    process.stdout.write(json ? jsonLine('history', value) : `${words}\n`)
  }
  if (what === 'scan') {
    if (codexHome !== null && !existsSync(codexHome)) process.stderr.write(`${codexHome}: no such folder\n`)
    const done = await aloneOrByHolder(dataDir, 'history.scan', { homes }, () => historyInFolder.scan(dataDir, homes))
    // Whoever asks for the state of a folder that no Colophon holds finds no word of them any more.
    for (const { path, words } of done.problems ?? []) process.stderr.write(`${path}: ${words}\n`)
    tell(
      done,
      `${plural(done.files, 'file')} of ${plural(done.sessions, 'session')}, ${inWords(done.bytes)}, read in ${String(done.seconds)} s; ${String(done.skipped)} skipped`,
    )
  } else if (what === 'status') {
    const status = await aloneOrByHolder(dataDir, 'history.status', { homes }, () =>
      historyInFolder.status(dataDir, homes),
    )
    const found = status.found.map(
      ({ path, files, bytes, problem }) => `${path}: ${problem ?? `${plural(files, 'file')}, ${inWords(bytes)}`}`,
    )
    const state = status.enabled ? (status.paused ? 'paused' : 'on') : 'off'
    const problems = status.problems.map(({ path, words }) => `${path}: ${words}`)
    tell(status, [`history is ${state}; ${plural(status.read.files, 'file')} read`, ...found, ...problems].join('\n'))
  } else {
    const { files } = await aloneOrByHolder(dataDir, 'history.forget', {}, () => historyInFolder.forget(dataDir))
    tell({ files }, `forgot what ${plural(files, 'file')} said`)
  }
}

function inWords(bytes: number): string {
  return bytes < 1e6 ? `${String(Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
