import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ShellBridge, ShellCommand, ShellParams, ShellState } from '../../contract/shell.ts'

declare global {
  interface Window {
    /** The desktop shell, put there by the preload script; absent in a plain browser. */
    readonly colophonShell?: ShellBridge
  }
}

export const shell: ShellBridge | null = window.colophonShell ?? null

/** What the shell says of itself; null in a browser. */
export const useShell = defineStore('shell', () => {
  const state = shallowRef<ShellState | null>(null)
  const error = ref<string | null>(null)

  /** Commands that waited for the page come right after the first answer. */
  async function listen(obey: (command: ShellCommand) => void): Promise<void> {
    if (!shell) return
    shell.onCommand(obey)
    await read()
  }
  async function read(): Promise<void> {
    const result = await shell?.invoke('state', {})
    if (result?.ok) state.value = result.value
  }
  async function choose(choice: ShellParams<'choose'>): Promise<void> {
    const result = await shell?.invoke('choose', choice)
    if (result?.ok) state.value = result.value
    error.value = result?.ok === false ? result.error.message : null
  }
  async function pause(paused: boolean): Promise<void> {
    const result = await shell?.invoke('pause', { paused })
    if (result?.ok) state.value = result.value
  }
  async function update(step: ShellParams<'update'>['step']): Promise<void> {
    const result = await shell?.invoke('update', { step })
    if (result?.ok) state.value = result.value
  }
  return { state, error, listen, read, choose, pause, update }
})
