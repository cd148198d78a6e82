import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What has to be said whichever view is open, and stays until somebody has read it. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<readonly { readonly id: number; readonly words: string }[]>([])
  let nextId = 1
  function say(words: string): number {
    notices.value = [...notices.value, { id: nextId, words }]
    return nextId++
  }
  /** Of one that somebody has read and dismissed, nothing more is said. */
  function change(id: number, words: string): void {
    notices.value = notices.value.map((notice) => (notice.id === id ? { id, words } : notice))
  }
  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }
  return { notices, say, change, dismiss }
})
