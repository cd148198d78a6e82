import type { CommandResults } from '../contract/commands.ts'
import type { HistoryStatus } from '../contract/history.ts'
import { plural } from '../contract/short-words.ts'
import { aloneOrByHolder } from '../engine/holder-requests.ts'
import { codexHome as usualHome } from '../engine/history/codex-home.ts'
import { historyInFolder } from '../engine/history/scan-folder.ts'
import { isFolder } from '../engine/is-folder.ts'
import type { HistoryOptions } from './options/history.ts'
import { jsonLine } from './print.ts'

/** Reads Codex's own session files, says what was read, or forgets it; where a Colophon runs on the folder, that one does it. */
export async function history({ what, codexHome, dataDir, json }: HistoryOptions): Promise<void> {
  // A Colophon that runs may have been started where CODEX_HOME says another folder, or nothing.
  const isNamedHere = Boolean(process.env.CODEX_HOME)
  const asked = codexHome !== null ? { homes: [codexHome] } : isNamedHere ? { codexHome: usualHome() } : {}
  const tell = (value: CommandResults['history'], words: string): void => {
    process.stdout.write(json ? jsonLine('history', value) : `${words}\n`)
  }
  const statusOf = (): Promise<HistoryStatus> =>
    aloneOrByHolder(dataDir, 'history.status', asked, () => historyInFolder.status(dataDir, asked))
  if (what === 'scan') {
    const done = await aloneOrByHolder(dataDir, 'history.scan', asked, () => historyInFolder.scan(dataDir, asked))
    // Whoever asks for the state of a folder that no Colophon holds finds no word of them any more.
    const told = new Map(done.problems?.map(({ path, words }) => [path, words]))
    const missing = (await statusOf()).found.filter(({ path }) => !isFolder(path))
    for (const { path, problem } of missing) told.set(path, told.get(path) ?? problem ?? 'there is no such folder')
    for (const [path, words] of told) process.stderr.write(`${path}: ${words}\n`)
    // Codex makes the usual one when it first runs; any other was named by somebody.
    const isNamed = codexHome !== null || isNamedHere
    if (missing.some(({ path }) => isNamed || path !== usualHome())) process.exitCode = 1
    tell(
      done,
      `${plural(done.files, 'file')} of ${plural(done.sessions, 'session')}, ${inWords(done.bytes)}, read in ${String(done.seconds)} s; ${String(done.skipped)} skipped`,
    )
  } else if (what === 'status') {
    const status = await statusOf()
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
