/** A busy machine takes its time to draw a view. */
const longestMs = 15_000

/** Brings a part of a view into sight once the view has drawn it, and gives it the focus; gives up when it never comes. */
export function reveal(find: () => HTMLElement | null): void {
  const show = (): boolean => {
    const element = find()
    if (!element) return false
    element.scrollIntoView({ block: 'center' })
    if (!element.hasAttribute('tabindex')) element.tabIndex = -1
    element.focus({ preventScroll: true })
    return true
  }
  if (show()) return
  const observer = new MutationObserver(() => {
    if (show()) stop()
  })
  const timer = setTimeout(stop, longestMs)
  function stop(): void {
    clearTimeout(timer)
    observer.disconnect()
  }
  observer.observe(document.body, { childList: true, subtree: true })
}

/** A heading of the view that is open, by its words. */
export function heading(words: string): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>('main h2')].find((one) => one.textContent.trim() === words) ?? null
}
