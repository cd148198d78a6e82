import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ImportedFile, ImportProgress, ImportResult } from '../../../contract/exchange.ts'
import { useBridge } from '../../bridge/index.ts'
import { bytes } from '../../format/number.ts'
import { mostBytes, readFile } from './read-files.ts'
import type { GivenFile } from './read-files.ts'

/** The one import that may run at a time, whichever view set it off. */
export const useImport = defineStore('import', () => {
  const bridge = useBridge()
  const open = ref(false)
  const running = ref(false)
  const cancelled = ref(false)
  const progress = shallowRef<ImportProgress | null>(null)
  const files = shallowRef<readonly ImportedFile[]>([])
  /** Sessions that were received and that what waits would add to: nobody has said yet whether it may. */
  const touches = shallowRef<ImportResult['touches']>([])
  let waiting: readonly GivenFile[] = []
  const error = ref<string | null>(null)

  async function askProgress(): Promise<void> {
    const result = await bridge.invoke('import.progress', {})
    if (result.ok && running.value) progress.value = result.value
  }
  const { pause, resume } = useIntervalFn(() => void askProgress(), 250, { immediate: false })

  async function start(given: readonly File[]): Promise<void> {
    open.value = true
    if (running.value || given.length === 0) return
    running.value = true
    cancelled.value = false
    error.value = null
    files.value = []
    touches.value = []
    progress.value = null
    const { ready, refused } = await readAll(given)
    files.value = refused
    await store(ready, false)
  }

  async function store(ready: readonly GivenFile[], intoReceived: boolean): Promise<void> {
    running.value = true
    touches.value = waiting = []
    resume()
    const result = ready.length === 0 ? null : await bridge.invoke('import.files', { files: [...ready], intoReceived })
    pause()
    running.value = false
    if (result?.ok === false) error.value = result.error.message
    const value = result?.ok ? result.value : null
    cancelled.value = value?.cancelled ?? false
    if (value && value.touches.length > 0 && !intoReceived) {
      touches.value = value.touches
      waiting = ready
    } else files.value = [...(value?.files ?? []), ...files.value]
  }

  const storeAllTheSame = (): Promise<void> => store(waiting, true)
  function leave(): void {
    touches.value = waiting = []
  }

  async function cancel(): Promise<void> {
    await bridge.invoke('import.cancel', {})
  }

  return { open, running, cancelled, progress, files, touches, error, start, storeAllTheSame, leave, cancel }
})

async function readAll(given: readonly File[]): Promise<{ ready: GivenFile[]; refused: ImportedFile[] }> {
  const ready: GivenFile[] = []
  const refused: ImportedFile[] = []
  for (const file of given) {
    if (file.size > mostBytes) {
      refused.push(
        withError(file.name, `It has ${bytes(file.size)}: for more than 64 MiB, use “colophon import FILE”.`),
      )
      continue
    }
    try {
      ready.push(await readFile(file))
    } catch (error) {
      refused.push(withError(file.name, error instanceof Error ? error.message : 'It could not be read.'))
    }
  }
  return { ready, refused }
}

function withError(name: string, error: string): ImportedFile {
  const leftOut = { count: 0, first: [] }
  return {
    name,
    error,
    leftOut,
    records: { traces: 0, logs: 0, metrics: 0 },
    known: 0,
    sessionFiles: 0,
    rejected: 0,
    sessionId: null,
  }
}
