/** Characters that a path goes on with: before a folder they make it a part of another one. */
const before = /[\w.~-]/

/** Behind a folder, what makes it another one: `shop` is neither `shopping` nor `shop.old`, and may end a sentence. */
const goesOn = /[\w-]|\.\w/y

/**
 * Replaces each folder in a text where it stands as a whole, of several that begin at one place the longest. A session may have worked in any
 * number of folders, so they are not looked for one after the other: sorted, those that a text goes on like are a range of them that each
 * character narrows.
 */
export function folderReplacer(
  folders: Iterable<string>,
): (text: string, replace: (folder: string) => string) => string {
  const sorted = [...new Set(folders)].filter((folder) => folder !== '').sort()
  const firsts = new Set(sorted.map((folder) => folder.charCodeAt(0)))

  return (text, replace) => {
    let result = ''
    let done = 0
    for (let at = 0; at < text.length; at++) {
      if (!firsts.has(text.charCodeAt(at)) || (at > 0 && before.test(text.charAt(at - 1)))) continue
      const length = longestAt(sorted, text, at)
      if (length === 0) continue
      result += text.slice(done, at) + replace(text.slice(at, at + length))
      done = at + length
      at = done - 1
    }
    return done === 0 ? text : result + text.slice(done)
  }
}

/** How long the longest folder is that stands at a place of the text; 0 where none does. */
function longestAt(sorted: readonly string[], text: string, at: number): number {
  let longest = 0
  let [from, to] = [0, sorted.length]
  for (let length = 0; from < to; length++) {
    if (to - from === 1) return wholeAt(sorted[from] ?? '', text, at) ? (sorted[from]?.length ?? 0) : longest
    // What has no more characters comes first in its range.
    if (sorted[from]?.length === length) {
      if (endsAt(text, at + length)) longest = length
      from++
    }
    if (at + length >= text.length) break
    const code = text.charCodeAt(at + length)
    from = firstFrom(sorted, from, to, length, code)
    to = firstFrom(sorted, from, to, length, code + 1)
  }
  return longest
}

function wholeAt(folder: string, text: string, at: number): boolean {
  return text.startsWith(folder, at) && endsAt(text, at + folder.length)
}

function endsAt(text: string, at: number): boolean {
  goesOn.lastIndex = at
  return !goesOn.test(text)
}

/** The first of a range whose character at a place is `code` or comes behind it. */
function firstFrom(sorted: readonly string[], from: number, to: number, place: number, code: number): number {
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle]?.charCodeAt(place) ?? 0) < code) from = middle + 1
    else to = middle
  }
  return from
}
