/** The name that styles know the highlight by. */
const name = 'found'
/** Ranges beyond what anybody sees at once. */
const most = 2000

/** Marks the words in the texts below an element, without touching them; no words take the marks away. */
export function highlightWords(element: HTMLElement | null, words: string): void {
  if (!('highlights' in CSS)) return
  CSS.highlights.delete(name)
  if (element === null || words === '') return
  const ranges: Range[] = []
  const wanted = words.toLowerCase()
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null && ranges.length < most; node = texts.nextNode()) {
    const text = node.nodeValue?.toLowerCase() ?? ''
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      // Some letters are longer in lower case.
      if (at + wanted.length > (node.nodeValue?.length ?? 0)) break
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      ranges.push(range)
    }
  }
  if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges))
}
