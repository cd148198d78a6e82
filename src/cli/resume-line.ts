/** What a POSIX shell takes as it stands. */
const bare = /^[\w./:@%+=-]+$/

/**
 * The line that goes on with a session of Codex in the folder where it began, for a POSIX shell: scripts run it, so that every folder has
 * to be quoted, where the page leaves out what not every shell reads alike.
 */
export function resumeLine({ id, folder }: { readonly id: string; readonly folder: string | null }): string {
  const resume = `codex resume ${word(id)}`
  return folder === null ? resume : `cd ${word(folder)} && ${resume}`
}

/** Ids and folders come with telemetry: one that begins with a dash must not become an option. */
function word(text: string): string {
  const quoted = bare.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
  return text.startsWith('-') ? `-- ${quoted}` : quoted
}
