import { useIntervalFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ImportedFile, ImportProgress } from '../../../contract/exchange.ts'
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
    progress.value = null
    const { ready, refused } = await readAll(given)
    resume()
    const result = ready.length === 0 ? null : await bridge.invoke('import.files', { files: ready })
    pause()
    running.value = false
    if (result?.ok === false) error.value = result.error.message
    const value = result?.ok ? result.value : null
    cancelled.value = value?.cancelled ?? false
    files.value = [...(value?.files ?? []), ...refused]
  }

  async function cancel(): Promise<void> {
    await bridge.invoke('import.cancel', {})
  }

  return { open, running, cancelled, progress, files, error, start, cancel }
})

async function readAll(given: readonly File[]): Promise<{ ready: GivenFile[]; refused: ImportedFile[] }> {
  const ready: GivenFile[] = []
  const refused: ImportedFile[] = []
  for (const file of given) {
    if (file.size > mostBytes) {
      refused.push(withError(file.name, `It has ${bytes(file.size)}: over 64 MiB, use “colophon import FILE”.`))
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
  return { name, error, records: { traces: 0, logs: 0, metrics: 0 }, known: 0, rejected: 0, sessionId: null }
}
