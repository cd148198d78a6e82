import { basename, dirname, join } from 'node:path'
import type { CodexHome } from '../../contract/config.ts'
import { configPath } from './config-file.ts'
import { statOf, type FileSystem } from './file-system.ts'
import { readUndoRecords } from './undo-record.ts'
import { homeFolder } from '../home-folder.ts'

/** Where Codex may keep its configuration, the place that Codex itself would take first; each once. */
export function codexHomes(dataDir: string, fs: FileSystem, environment = process.env): CodexHome[] {
  const places = new Map<string, CodexHome['from']>()
  const first = dirname(configPath(undefined, environment))
  places.set(first, environment.CODEX_HOME ? 'environment' : 'default')
  const others = readUndoRecords(dataDir).flatMap(({ target }) => {
    // A link's target may lie under any name in a repository of dot files.
    return basename(target) === 'config.toml' ? [dirname(target)] : []
  })
  for (const path of [join(homeFolder(), '.codex'), ...others])
    if (!places.has(path)) places.set(path, path === join(homeFolder(), '.codex') ? 'default' : 'changed')
  return [...places].map(([path, from]) => ({
    path,
    from,
    exists: statOf(join(path, 'config.toml'), fs)?.isFile() === true,
  }))
}
