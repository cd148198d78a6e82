import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { ExportFormat, ExportProgress, RedactionKind } from '../../../contract/exchange.ts'
import type { Failure } from '../../../contract/result.ts'
import { useBridge } from '../../bridge/index.ts'
import { downloadAll } from './download.ts'
import type { NamedBlob } from './download.ts'
import type { FileProgress } from './progress.ts'
import { readExport, untilDone } from './run-export.ts'

export interface ExportRun {
  /** Files that are made, and all of them. */
  readonly done: number
  readonly of: number
  /** Of the present one; null before anything is known of it. */
  readonly file: FileProgress | null
  /** Long enough under way to be told of. */
  readonly slow: boolean
}

export interface ExportChoice {
  readonly format: ExportFormat
  readonly redact: readonly RedactionKind[]
  readonly conversation: boolean
}

export interface Exporting {
  readonly running: Readonly<ShallowRef<ExportRun | null>>
  readonly errors: Readonly<ShallowRef<readonly string[]>>
  readonly outcome: Readonly<Ref<{ readonly saved: number; readonly stopped: boolean } | null>>
  readonly start: (
    sessions: readonly { readonly id: string; readonly name: string }[],
    choice: ExportChoice,
  ) => Promise<void>
  readonly stop: () => void
  readonly reset: () => void
}

const slowAfterMs = 1000

/** Exports sessions one after the other, and hands all the files over together; stopping leaves none. */
export function useExport(): Exporting {
  const bridge = useBridge()
  const running = shallowRef<ExportRun | null>(null)
  const errors = shallowRef<readonly string[]>([])
  const outcome = ref<{ saved: number; stopped: boolean } | null>(null)
  /** Counts up when the present run is stopped: what it still waits for concerns nobody. */
  let turn = 0
  let current: string | null = null

  function tell(change: Partial<ExportRun>): void {
    if (running.value !== null) running.value = { ...running.value, ...change }
  }

  async function makeFile(
    id: string,
    { redact, ...choice }: ExportChoice,
    isStopped: () => boolean,
  ): Promise<NamedBlob | Failure | null> {
    const started = await bridge.invoke('export.start', { id, ...choice, redact: [...redact] })
    if (!started.ok) return started.error
    const { exportId, fileName } = started.value
    if (isStopped()) return end(exportId)
    current = exportId
    const redacts = redact.length > 0
    const onProgress = (progress: ExportProgress): void => tell({ file: { progress, redacts, fetched: null } })
    const done = await untilDone(bridge, exportId, { isStopped, onProgress })
    const { value: progress } = done?.ok ? done : { value: null }
    const onRead = (fetched: number): void => tell({ file: progress && { progress, redacts, fetched } })
    const read = progress && (await readExport(bridge, started.value, { isStopped, onRead }))
    void end(exportId)
    if (read?.ok) return { name: fileName, content: read.value }
    return [done, read].find((result) => result?.ok === false)?.error ?? null
  }

  async function end(exportId: string): Promise<null> {
    if (current === exportId) current = null
    await bridge.invoke('export.end', { exportId })
    return null
  }

  async function start(
    sessions: readonly { readonly id: string; readonly name: string }[],
    choice: ExportChoice,
  ): Promise<void> {
    reset()
    const own = turn
    const isStopped = (): boolean => turn !== own
    const files: NamedBlob[] = []
    running.value = { done: 0, of: sessions.length, file: null, slow: false }
    const slow = setTimeout(() => tell({ slow: true }), slowAfterMs)
    for (const [done, { id, name }] of sessions.entries()) {
      tell({ done, file: null })
      const made = await makeFile(id, choice, isStopped)
      if (isStopped()) break
      if (made === null) continue
      if ('content' in made) files.push(made)
      else errors.value = [...errors.value, `${name}: ${made.message}`]
    }
    clearTimeout(slow)
    if (isStopped()) return
    await downloadAll(files)
    running.value = null
    outcome.value = { saved: files.length, stopped: false }
  }

  function stop(): void {
    if (running.value === null) return
    turn += 1
    running.value = null
    outcome.value = { saved: 0, stopped: true }
    if (current !== null) void end(current)
  }

  function reset(): void {
    stop()
    errors.value = []
    outcome.value = null
  }

  onScopeDispose(stop)
  return { running, errors, outcome, start, stop, reset }
}
