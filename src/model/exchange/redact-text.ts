import { folderReplacer } from './find-folders.ts'
import type { RedactionKind, Tally } from './redaction.ts'
import { replaceSecrets } from './secrets.ts'

export const emailMark = '<email>'
/** A machine's name goes with the addresses: it often is its owner's. */
export const hostMark = '<host>'
export const projectMark = '<project>'
export const homeMark = '~'

/** A domain with letters and a top level of letters; `git@host:path` is an address of a repository, not of a person. */
export const emailPattern =
  /(?<![\w.%+-])(?!git@[\w.-]+:)[\w.%+-]+@(?=[\w-]*[A-Za-z])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w-])/g

/** The part of a path that names a person's home, on Linux, macOS and Windows (also with escaped backslashes). */
export const homePatterns: readonly RegExp[] = [
  /(?<![\w.~-])(?:\/(?:var\/)?home|\/Users|\/export\/home)\/[^/\s"'\\:;,<>|()[\]{}*?`]+/g,
  /(?<![\w.~/-])\/root(?=\/)/g,
  /(?<!\w)[A-Za-z]:(?:\\\\|\\|\/)Users(?:\\\\|\\|\/)[^\\/\s"':;,<>|*?`]+/g,
]

/** No system has longer paths; what a record calls a folder may be any text, and each is looked for in every text. */
const longestFolder = 4096
const endingSlashes = /(?<![/\\])[/\\]+$/

export type TextRedactor = (text: string, skipsPaths?: boolean) => string

/** Takes secrets, addresses and paths out of a text. `folders` are the folders that the sessions worked in. */
export function textRedactor(
  kinds: ReadonlySet<RedactionKind>,
  folders: readonly string[],
  tally: Tally,
): TextRedactor {
  const replaceProjects = folderReplacer(
    folders
      .filter((folder) => folder.length > 2 && folder.length <= longestFolder)
      .map((folder) => folder.replace(endingSlashes, ''))
      .flatMap((folder) => [folder, folder.replaceAll('\\', '\\\\')]),
  )

  function note(kind: RedactionKind, match: string, mark: string): string {
    tally.note(kind, match, mark)
    return mark
  }

  function replaceAll(kind: RedactionKind, text: string, pattern: RegExp, mark: string): string {
    return text.replace(pattern, (match) => note(kind, match, mark))
  }

  return (text, skipsPaths = false) => {
    let result = text
    if (kinds.has('secrets')) result = replaceSecrets(result, (secret) => tally.note('secrets', secret, '[secret]'))
    if (kinds.has('email') && result.includes('@')) result = replaceAll('email', result, emailPattern, emailMark)
    if (kinds.has('paths') && !skipsPaths) {
      result = replaceProjects(result, (folder) => note('paths', folder, projectMark))
      for (const home of homePatterns) result = replaceAll('paths', result, home, homeMark)
    }
    return result
  }
}
