import type { DoctorResult, Finding } from '../../../contract/config.ts'
import { ProcedureError } from '../../../contract/result.ts'
import { isTable, type TomlTable } from '../../../model/config/toml-value.ts'
import { readConfigFile, type ConfigFile } from '../config-file.ts'
import type { FileSystem } from '../file-system.ts'
import { readLayers } from '../layer-files.ts'
import { describeFile } from '../read.ts'
import { mendExporters } from '../toml/mend.ts'
import { readToml } from '../toml/read-toml.ts'
import type { Examination } from './examination.ts'
import { exporterFindings } from './exporters.ts'
import { finding, fixBy } from './finding.ts'
import { helperFindings } from './helper.ts'
import { outsideFindings } from './outside.ts'
import { typeFindings } from './types.ts'

/** Every reason that is known for which telemetry would not arrive, or Codex not start. Reads, and connects to loopback alone. */
export async function examine(examination: Examination): Promise<DoctorResult> {
  const { path, systemDir, fs } = examination
  const layers = readLayers(path, systemDir, fs)
  const opened = open(path, fs)
  const outside = outsideFindings(examination, layers)
  if (!('target' in opened))
    return { findings: [opened, ...outside], effective: describeFile(nobody(path), layers).effective }
  const { text, problems, effective } = describeFile(opened, layers)
  const broken = problems.map(({ message, line }) => brokenFinding(opened, examination, { text, message, line }))
  const read = readToml(text)
  const within = problems.length > 0 || !read.ok ? [] : await findingsWithin(opened, read.values, examination)
  return { findings: [...broken, ...within, ...outside], effective }
}

async function findingsWithin(
  file: ConfigFile,
  values: TomlTable,
  examination: Examination,
): Promise<readonly Finding[]> {
  const { receivers } = examination
  const types = typeFindings(file, values, receivers)
  const otel = values.get('otel')
  // Then nothing is said of exporters at all.
  if (otel !== undefined && !isTable(otel)) return types
  return [...types, ...helperFindings(file, otel), ...(await exporterFindings(file, values, examination))]
}

function open(path: string, fs: FileSystem): ConfigFile | Finding {
  try {
    return readConfigFile(path, fs)
  } catch (error) {
    if (!(error instanceof ProcedureError)) throw error
    const advice = 'Make it a text file that you can read.'
    return finding({ code: 'unreadable', severity: 'error', message: error.message, advice, file: path })
  }
}

function nobody(path: string): ConfigFile {
  return { path, target: path, identity: path, bytes: null, mode: null, obstacle: null, fingerprint: '' }
}

function brokenFinding(
  file: ConfigFile,
  { receivers }: Examination,
  { text, message, line }: { readonly text: string; readonly message: string; readonly line: number | null },
): Finding {
  const mended = mendExporters(text)
  const [twice] = mended?.lines ?? []
  if (twice === undefined) {
    const advice =
      'Codex does not start until this is corrected. Colophon does not write to a file that it cannot parse.'
    return finding({ code: 'does_not_parse', severity: 'error', message, advice, file: file.path, line })
  }
  return finding({
    code: 'exporter_twice',
    severity: 'error',
    message: `${twice.key} is a string, but a table of the same name exists as well: TOML allows only one of them`,
    advice: 'Remove the string: the table says which exporter it is and where it sends.',
    key: `otel.${twice.key}`,
    file: file.path,
    line: twice.line,
    fix: fixBy(file, receivers, {}),
  })
}
