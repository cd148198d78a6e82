import { defineStore } from 'pinia'
import { ref } from 'vue'

export type FrameDialog = 'palette' | 'keys' | 'about'

/** The frame's own dialogs, of which one is open at a time, whoever opens it. */
export const useDialogs = defineStore('dialogs', () => {
  const open = ref<FrameDialog | null>(null)
  return { open }
})
