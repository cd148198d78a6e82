import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { CapturedBody } from './captures.ts'

/** What one conversation of a run did, as its scripted model and its driver tell. */
export interface TrueThread {
  readonly id: string
  readonly kind: 'user' | 'subagent' | 'review' | 'guardian' | 'title'
  readonly parent: string | null
  readonly forked_from: string | null
  readonly files: readonly string[]
  readonly prompts: readonly { readonly turn: string; readonly text: string }[]
  readonly turns: readonly { readonly id: string; readonly state: string }[]
  readonly calls: readonly TrueCall[]
  readonly tools: readonly TrueTool[]
  readonly totals: TrueTotals
}

export interface TrueCall {
  readonly response_id: string
  readonly turn: string
  readonly kind: 'turn' | 'compaction'
  /** When the scripted model was asked, and when it had answered. */
  readonly requested_ms: number
  readonly completed_ms: number
}

/** A question and its answer, as the driver of the run gave it; it does not know when a terminal asked. */
export interface TrueApproval {
  readonly call_id: string
  readonly asked_ms: number | null
  readonly answered_ms: number
}

export interface TrueTool {
  readonly call_id: string
  readonly name: string
  readonly state: 'ok' | 'failed' | 'declined' | 'aborted' | 'unfinished'
  readonly exit_code: number | null
}

export interface TrueTotals {
  readonly calls: number
  readonly input: number
  readonly cached: number
  readonly cache_write: number
  readonly output: number
  readonly reasoning: number
}

export interface RolloutRun {
  readonly name: string
  readonly threads: readonly TrueThread[]
  readonly approvals: readonly TrueApproval[]
  /** The OTLP bodies of the same run, in the order in which Codex sent them. */
  readonly bodies: readonly CapturedBody[]
  /** Lays the session files of the run into a folder, as Codex left them; some runs leave none. */
  readonly unpackInto: (home: string) => void
}

const folder = fileURLToPath(new URL('./fixtures/rollouts/', import.meta.url))

/** Runs of the real Codex CLI of which both its session files and its telemetry were kept, by what they show. */
export const rolloutRuns: readonly string[] = readdirSync(folder).sort()

export function loadRolloutRun(name: string): RolloutRun {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, name, file), 'utf8'))
  const { conversations, approvals } = json('truth.json') as {
    conversations: readonly TrueThread[]
    approvals: readonly TrueApproval[]
  }
  const { bodies } = json('otlp/manifest.json') as {
    bodies: readonly { file: string; signal: CapturedBody['signal']; encoding: CapturedBody['encoding'] }[]
  }
  return {
    name,
    threads: conversations,
    approvals,
    bodies: bodies.map(({ file, signal, encoding }) => ({
      signal,
      encoding,
      bytes: unpacked(join(name, 'otlp', `${file}.gz`)),
    })),
    unpackInto(home) {
      if (!existsSync(join(folder, name, 'home'))) return
      const files = readdirSync(join(folder, name, 'home'), { recursive: true, withFileTypes: true })
      for (const file of files.filter((entry) => entry.isFile())) {
        const from = join(file.parentPath, file.name)
        const to = join(home, from.slice(join(folder, name, 'home').length))
        mkdirSync(dirname(to), { recursive: true })
        if (to.endsWith('.gz')) writeFileSync(to.slice(0, -'.gz'.length), gunzipSync(readFileSync(from)))
        else writeFileSync(to, readFileSync(from))
      }
    },
  }
}

function unpacked(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(readFileSync(join(folder, path))))
}
