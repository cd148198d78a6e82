import { z } from 'zod'
import { exporterKeys, otelKeys } from '../model/config/otel-keys.ts'

export const otelKey = z.enum(otelKeys)
export const exporterKey = z.enum(exporterKeys)
export const otlpProtocol = z.enum(['http', 'json', 'grpc'])

/** Codex's folder, absolute; else `$CODEX_HOME`, else `~/.codex`. */
export const configPlace = z.object({ codexHome: z.string().min(1).optional() })

/** What to write. Without anything it mends what can be mended, else nothing. */
export const configRequest = configPlace.extend({
  /** All three exporters to the running receivers, and `environment` where it is absent. */
  protocol: otlpProtocol.optional(),
  /** With `protocol`: of the three exporters these alone, and no environment. */
  only: z.array(exporterKey).min(1).max(3).optional(),
  /** With `protocol`: `log_sse_deltas = false` too. */
  withoutDeltas: z.boolean().default(false),
  /** `[mcp_servers.colophon]` as well, so that Codex starts `colophon mcp` and can ask it. */
  agentServer: z.boolean().default(false),
  /** Keys of `[otel]` to set to a value of JSON, or to take out with null. They come after those of `protocol`. */
  changes: z
    .array(z.object({ key: otelKey, value: z.unknown() }))
    .max(otelKeys.length)
    .default([]),
  /** The whole text instead, as a person edited it. */
  text: z.string().max(4_194_304).optional(),
})

const place = {
  path: z.string(),
  /** What is read and written: another path where `path` is a symbolic link. */
  target: z.string(),
  exists: z.boolean(),
  /** Why Colophon does not write it, and who probably does; null: it can be written. */
  obstacle: z.string().nullable(),
  /** Changes with every byte of the file and with the link. */
  fingerprint: z.string(),
}

/** The line counts from 1, the column too; null where the place is not known. */
export const configProblem = z.object({
  message: z.string(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
})

export const effectiveValue = z.object({
  key: otelKey,
  /** As TOML, secrets hidden; null where there is none. */
  value: z.string().nullable(),
  layer: z.enum(['default', 'system', 'user', 'managed', 'requirements']),
  file: z.string().nullable(),
})

export const configRead = z.object({
  ...place,
  text: z.string(),
  /** Why it does not parse; empty when it does. */
  problems: z.array(configProblem),
  /** What the file itself says, for a form; empty where it does not parse. */
  values: z.partialRecord(otelKey, z.unknown()),
  /** What holds when every layer is counted; empty too where the file does not parse, because then Codex does not start. */
  effective: z.array(effectiveValue),
  /** Whether an apply can be undone. */
  undoable: z.boolean(),
  agentServer: z.object({
    /** The file names Colophon's server for agents, started as it would be now. */
    added: z.boolean(),
    /** The command that tells Claude Code of it. */
    claude: z.string(),
  }),
})

const keyChange = z.object({
  /** Dotted, as TOML writes it. */
  key: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

export const configPlan = z.object({
  ...place,
  changes: z.array(keyChange),
  /** Unified; empty when nothing would be written. */
  diff: z.string(),
  /** What differs as lines of TOML, for a file that is written elsewhere; secrets are hidden. */
  lines: z.string(),
  /** What the file would hold, for people to see: secrets are hidden, here as in the difference. */
  text: z.string(),
  /** The same settings as flags of `codex`, for one run, secrets hidden. */
  flags: z.string(),
  /** Why it would not work, or could not be written, or what is lost by it; in words for a person. */
  warnings: z.array(z.string()),
})

export const configApply = configRequest.extend({ fingerprint: z.string() })

export const configApplied = configPlan.extend({
  written: z.boolean(),
  /** The copy of the file as it was; null where there was none, or nothing was written. */
  backup: z.string().nullable(),
})

export const configUndo = configPlace.extend({
  /** Tells what would be undone, and writes nothing. */
  preview: z.boolean().default(false),
})

export const configUndone = configApplied.extend({
  /** Keys that were changed since, and therefore stay. */
  kept: z.array(z.string()),
})

/** A text that is not in the file yet, with changes made by a form: both sides of an editor show the same document. */
export const configDraft = z.object({ text: z.string().max(4_194_304), changes: configRequest.shape.changes })
export const configDrafted = configRead.pick({ text: true, problems: true, values: true }).extend({
  /** Values that parse, and that Codex would not take; empty where the text does not parse. */
  faults: z.array(
    z.object({
      /** Dotted. */
      key: z.string(),
      message: z.string(),
      line: z.number().int().positive().nullable(),
      /** Codex would not start; else it passes over what it does not know. */
      fatal: z.boolean(),
    }),
  ),
  /** What the text says of `[otel]`, as flags of `codex` for one run. */
  flags: z.string(),
})

/** A folder that may be Codex's. */
export const codexHome = z.object({
  path: z.string(),
  /** Why it is offered: `$CODEX_HOME` of this process, `~/.codex`, or changed by Colophon before. */
  from: z.enum(['environment', 'default', 'changed']),
  /** Whether there is a config.toml in it. */
  exists: z.boolean(),
})
/** The first one is where a request that names none goes to. */
export const configHomes = z.object({ homes: z.array(codexHome) })

export const doctorParams = configPlace.extend({
  /** A project whose `.codex/config.toml` is looked at too. */
  project: z.string().min(1).optional(),
  /** Sends an export without records to destinations beyond this machine, too. */
  askOthers: z.boolean().default(false),
})

export const findingCodes = [
  'unreadable',
  'does_not_parse',
  'exporter_twice',
  'wrong_type',
  'unknown_variant',
  'missing_endpoint',
  'missing_protocol',
  'unknown_key',
  'bad_endpoint',
  'endpoint_without_path',
  'endpoint_of_other_signal',
  'wrong_path',
  'nobody_listens',
  'no_tls',
  'certificate',
  'tls_file',
  'other_protocol',
  'no_answer',
  'not_otlp',
  'refused',
  'goes_elsewhere',
  'placeholder',
  'headers_helper',
  'proxy',
  'nothing_exported',
  'some_exporters',
  'metrics_to_statsig',
  'project_otel',
  'environment_variable',
  'overridden',
  'profile_otel',
  'codex_home',
] as const

export const finding = z.object({
  code: z.enum(findingCodes),
  /** `error`: Codex does not start, or sends nothing. */
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  /** What to do about it, in a sentence. */
  advice: z.string(),
  key: z.string().nullable(),
  file: z.string().nullable(),
  line: z.number().int().positive().nullable(),
  /** What `config.plan` and `config.apply` take to mend it, and what that would change. */
  fix: z.object({ request: configRequest, diff: z.string() }).nullable(),
})

export const doctorResult = z.object({ findings: z.array(finding), effective: z.array(effectiveValue) })

export type ConfigRequest = z.output<typeof configRequest>
export type ConfigRead = z.infer<typeof configRead>
export type ConfigDrafted = z.infer<typeof configDrafted>
export type CodexHome = z.infer<typeof codexHome>
export type ConfigPlan = z.infer<typeof configPlan>
export type ConfigApplied = z.infer<typeof configApplied>
export type ConfigUndone = z.infer<typeof configUndone>
export type ConfigProblem = z.infer<typeof configProblem>
export type Finding = z.infer<typeof finding>
export type DoctorResult = z.infer<typeof doctorResult>
