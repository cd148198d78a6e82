import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What has to be said whichever view is open, and stays until somebody has read it. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<readonly { readonly id: number; readonly words: string }[]>([])
  let nextId = 1
  function say(words: string): void {
    notices.value = [...notices.value, { id: nextId++, words }]
  }
  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }
  return { notices, say, dismiss }
})
