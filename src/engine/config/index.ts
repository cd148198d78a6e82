import type { ReceiverAddresses } from '../../model/config/one-click.ts'
import { claudeCommand, namesAgentServer } from '../../model/config/agent-server.ts'
import { isTable, kindOf } from '../../model/config/toml-value.ts'
import type { Value } from '../../contract/index.ts'
import { ProcedureError } from '../../contract/result.ts'
import type { Handlers } from '../dispatch.ts'
import { configPath, decode, readConfigFile, type ConfigFile } from './config-file.ts'
import { codexHomes } from './codex-homes.ts'
import { examine } from './doctor/examine.ts'
import { realFileSystem, statOf, type FileSystem } from './file-system.ts'
import type { FixNoted } from './fixes/index.ts'
import { defaultSystemDir, readLayers } from './layer-files.ts'
import { ownCommand } from './own-command.ts'
import { edited, planRequest, requestedChanges } from './plan.ts'
import { describeDraft, describeFile } from './read.ts'
import { changedMeanwhile } from './safe-write.ts'
import { readToml } from './toml/read-toml.ts'
import { instanceOf } from '../receivers/instance.ts'
import { lastUndoRecord } from './undo-record.ts'
import { undoLast } from './undo.ts'
import { writeRecorded } from './write-recorded.ts'

export interface Configuring {
  /** Where what can be undone is kept. */
  readonly dataDir: string
  readonly receivers: ReceiverAddresses
  /** An administrator's folder; another than the built-in one in tests. */
  readonly systemDir?: string
  readonly fs?: FileSystem
  /** The last change may be the fix of a finding. */
  readonly fixed?: FixNoted
}

type ConfigHandlers = Pick<
  Handlers,
  'config.read' | 'config.homes' | 'config.draft' | 'config.plan' | 'config.apply' | 'config.undo' | 'config.doctor'
>

/** Everything about Codex's config.toml, for both hosts. */
export function configHandlers(configuring: Configuring): ConfigHandlers {
  const { dataDir, receivers, systemDir = defaultSystemDir(), fs = realFileSystem, fixed } = configuring
  const open = (codexHome: string | undefined): ConfigFile => readConfigFile(configPath(codexHome), fs)
  const started = ownCommand(dataDir)
  const agentServerIn = (file: ConfigFile): Value<'config.read'>['agentServer'] => {
    const decoded = decode(file.bytes)
    const read = 'text' in decoded ? readToml(decoded.text) : null
    return {
      added: read?.ok === true && namesAgentServer(read.values, started),
      claude: claudeCommand(started),
    }
  }
  return {
    'config.read': answer(({ codexHome }) => {
      const file = open(codexHome)
      const layers = readLayers(file.path, systemDir, fs)
      const undoable = lastUndoRecord(dataDir, file, fs) !== null
      return { ...describeFile(file, layers), undoable, agentServer: agentServerIn(file) }
    }),
    'config.homes': answer(() => ({ homes: codexHomes(dataDir, fs) })),
    'config.draft': answer(({ text, changes }) => {
      const read = readToml(text)
      if (!read.ok || changes.length === 0) return describeDraft(text)
      const otel = read.values.get('otel')
      if (otel !== undefined && !isTable(otel))
        throw new ProcedureError('bad_request', `otel is ${kindOf(otel)}, but Codex expects a table there: [otel]`)
      const wanted = requestedChanges(read.values, { protocol: undefined, withoutDeltas: false, changes }, receivers)
      return describeDraft(edited(text, wanted))
    }),
    'config.plan': answer((request) => planRequest(open(request.codexHome), request, receivers, started).told),
    'config.apply': answer(({ fingerprint, ...request }) => {
      const file = open(request.codexHome)
      if (file.fingerprint !== fingerprint) throw changedMeanwhile(file.path)
      return writeRecorded(planRequest(file, request, receivers, started), { dataDir, fs })
    }),
    'config.undo': async ({ codexHome, preview }) => {
      const file = open(codexHome)
      const fix = lastUndoRecord(dataDir, file, fs)?.fix
      const value = undoLast(file, { dataDir, preview, fs, nowMs: Date.now() })
      if (fix !== undefined && !preview) await fixed?.({ kind: fix.kind, subject: fix.subject, undone: true })
      return { ok: true, value }
    },
    'config.doctor': async ({ codexHome, project, askOthers }) => {
      if (project !== undefined && statOf(project, fs)?.isDirectory() !== true)
        throw new ProcedureError('bad_request', `project: there is no folder ${project}`)
      const value = await examine({
        path: configPath(codexHome),
        project,
        receivers,
        systemDir,
        fs,
        environment: process.env,
        instance: instanceOf(dataDir),
        askOthers,
      })
      return { ok: true, value }
    },
  }
}

/** The work is short and touches one small file, so it is done at once: no two requests of one process can interleave. */
function answer<P, V>(work: (params: P) => V): (params: P) => Promise<{ readonly ok: true; readonly value: V }> {
  return async (params) => Promise.resolve({ ok: true, value: work(params) })
}
