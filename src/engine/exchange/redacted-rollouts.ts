import { emailMark, textRedactor } from '../../model/exchange/redact-text.ts'
import type { RedactionKind, Tally } from '../../model/exchange/redaction.ts'
import type { Rollouts } from '../../model/exchange/rollout-rows.ts'

/** Folders that session files name, which paths are told by. */
export function foldersIn({ thread, turn }: Rollouts): string[] {
  return [...thread, ...turn].flatMap(({ folder }) => folder ?? [])
}

/** Takes what the kinds name out of what session files tell. They hold no words but a title. */
export function redactRollouts(
  rollouts: Rollouts,
  kinds: ReadonlySet<RedactionKind>,
  folders: readonly string[],
  tally: Tally,
): Rollouts {
  const redact = textRedactor(kinds, folders, tally)
  const edit = (text: string | null): string | null => (text === null ? null : redact(text))
  const owner = (user: string | null): string | null => {
    if (user === null || !kinds.has('email')) return edit(user)
    if (user !== emailMark) tally.note('email', user, emailMark)
    return emailMark
  }
  return {
    ...rollouts,
    files: rollouts.files.map((file) => ({ ...file, title: kinds.has('prompts') ? null : edit(file.title) })),
    thread: rollouts.thread.map((row) => ({
      ...row,
      folder: edit(row.folder),
      branch: edit(row.branch),
      repository: edit(row.repository),
      user: owner(row.user),
    })),
    // Who guesses a path could see by its hash that the guess is right.
    change: kinds.has('paths') ? [] : rollouts.change,
    turn: rollouts.turn.map((row) => ({ ...row, folder: edit(row.folder) })),
  }
}
