import type { Page } from '@playwright/test'

/**
 * Texts with a digit of which something is out of sight, in words: what is cut, and by what. What can be scrolled to is not, nor what a title
 * tells whole to a pointer over what is seen of it, nor what is only heard. A column of figures may cut none, with a title or without: `$0.000…`
 * reads as another one.
 */
export function cutFigures(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const cuts = (value: string): boolean => value === 'hidden' || value === 'clip'
    const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll'
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const parent = node.parentElement
      if (!/\d/.test(text) || parent === null || !parent.checkVisibility({ checkOpacity: true })) continue
      // Rows that a long list keeps ready beyond its window are scrolled to.
      if (parent.closest('.layer') && parent.closest('[role=treegrid]')) continue
      if (parent.closest('.unseen, [aria-hidden=true], script, style, title, option, svg, .cm-editor, textarea'))
        continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const place = range.getBoundingClientRect()
      if (place.width === 0) continue
      const figureCell = parent.closest('.right:is([role=cell], [role=gridcell])')
      const isFigure = figureCell !== null
      // A pixel is lost in rounding; of a figure an ellipsis takes a digit already for a part of one.
      const slack = isFigure ? 0.1 : 1.5
      const titled = (from: Element): boolean =>
        !isFigure && from.closest('[title]:not([title=""]), [aria-valuetext]') !== null
      let [scrollsX, scrollsY, isCut] = [false, false, false]
      for (let box: HTMLElement | null = parent; box !== null && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box)
        // A label lies around what it is of, and is cut by nothing that scrolls with it.
        if (style.display === 'inline' || style.display === 'contents') continue
        const edge = box.getBoundingClientRect()
        scrollsX ||= scrolls(style.overflowX)
        scrollsY ||= scrolls(style.overflowY)
        const outX = place.right > edge.right + slack || place.left < edge.left - slack
        const outY = place.bottom > edge.bottom + slack || place.top < edge.top - slack
        // A column of figures that cuts nothing would write one over the next column.
        const cutX = !scrollsX && (cuts(style.overflowX) || box === figureCell) && outX
        const cutY = !scrollsY && cuts(style.overflowY) && outY
        // Over what is wholly out of sight no pointer rests: what cuts it has to tell.
        const seenX = Math.min(place.right, edge.right) - Math.max(place.left, edge.left)
        const seenY = Math.min(place.bottom, edge.bottom) - Math.max(place.top, edge.top)
        if ((cutX || cutY) && !titled(seenX > slack && seenY > slack ? parent : box)) {
          const of = [box, box.parentElement, box.parentElement?.parentElement]
          const path = of.map((one) => `${one?.tagName.toLowerCase() ?? ''}.${[...(one?.classList ?? [])].join('.')}`)
          found.push(`"${text.slice(0, 60)}" ${cutX ? 'across' : 'down'} by ${path.join(' in ')}`)
          isCut = true
        }
        if (isCut || style.position === 'fixed') break
      }
      // What stands beyond the window itself cannot be reached.
      if (!scrollsX && !isCut && (place.left > innerWidth || place.right < 0)) found.push(`"${text}" beyond the window`)
    }
    return [...new Set(found)]
  })
}
