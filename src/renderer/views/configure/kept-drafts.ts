import { defineStore } from 'pinia'
import type { ConfigRead } from '../../../contract/config.ts'

interface KeptDraft {
  readonly base: ConfigRead
  readonly text: string
}

/** Edits that are not saved yet, by the folder they are for ('' is the one Codex takes): another view does not lose them. */
export const useKeptDrafts = defineStore('config-drafts', () => {
  const drafts = new Map<string, KeptDraft>()
  return { drafts }
})
