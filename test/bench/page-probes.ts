import type { Browser, Page } from '@playwright/test'

const grid = '[role=treegrid][aria-label="Rows of the session"]'

/** From the click on the first session of the list to the paint of its rows. */
export async function clickToRows(page: Page): Promise<number> {
  const row = page.locator('[role=treegrid] [role=row][aria-level]').first()
  await row.waitFor()
  const shown = page.evaluate(
    (selector) =>
      new Promise<number>((done) => {
        let clicked = Number.NaN
        const stop = new AbortController()
        const listen = { capture: true, signal: stop.signal }
        document.addEventListener('click', () => (clicked = performance.now()), listen)
        const look = (): void => {
          const isThere = document.querySelector(`${selector} [role=row][aria-level]`) !== null
          if (!isThere) return void requestAnimationFrame(look)
          stop.abort()
          // A task right after a frame runs when that frame has been painted.
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - clicked)))
        }
        requestAnimationFrame(look)
      }),
    grid,
  )
  await row.click()
  return shown
}

export async function backToSessions(page: Page): Promise<void> {
  await page.evaluate(() => (location.hash = '#/sessions'))
  await page.locator(grid).waitFor({ state: 'detached' })
}

/** Milliseconds between frames of a page that has nothing but a box that moves, ascending: what the machine draws at best. */
export async function emptyFrames(browser: Browser): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
  try {
    await page.setContent('<div style="width: 99px; height: 99px; background: teal"></div>')
    return await page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const found: number[] = []
          const box = document.querySelector('div')
          let before = 0
          const step = (now: number): void => {
            if (before > 0) found.push(now - before)
            before = now
            if (found.length > 240) return done(found.slice(5).sort((a, b) => a - b))
            if (box) box.style.marginLeft = `${String(found.length)}px`
            requestAnimationFrame(step)
          }
          requestAnimationFrame(step)
        }),
    )
  } finally {
    await page.close()
  }
}

/** From the key to the paint of the first page of a million lines; waits until their spans are there before. */
export async function unfoldAll(page: Page): Promise<number> {
  await page.waitForFunction(
    () => / for [\d,]+ spans/.test(document.querySelector('.heading')?.textContent ?? ''),
    null,
    // To look with each frame would take a quarter of a core from the search.
    { timeout: 120_000, polling: 10 },
  )
  await page.locator(grid).focus()
  const begun = Date.now()
  await page.keyboard.press('Shift+F')
  await page.waitForFunction(
    (selector) => Number(document.querySelector(selector)?.getAttribute('aria-rowcount')) > 1_000_000,
    grid,
  )
  return Date.now() - begun
}

/** Milliseconds between frames while the page is kept in motion, ascending. */
export async function framesWhile(page: Page, motion: 'scroll' | 'zoom' | 'pan'): Promise<number[]> {
  const frames = await page.evaluate(
    ([selector, how]) =>
      new Promise<number[]>((done) => {
        const element = document.querySelector(selector ?? '')
        const layer = element?.querySelector('[role=rowgroup]')
        if (!element || !layer) throw new Error('There are no rows.')
        const box = layer.getBoundingClientRect()
        const at = { clientX: box.left + box.width * 0.75, clientY: box.top + 120, bubbles: true, cancelable: true }
        const found: number[] = []
        let before = 0
        let frame = 0
        const step = (now: number): void => {
          if (before > 0) found.push(now - before)
          before = now
          if (++frame > 240) return done(found.slice(5).sort((a, b) => a - b))
          const back = frame % 80 >= 40
          if (how === 'scroll') element.scrollTop += frame % 60 === 0 ? element.scrollHeight / 6 : 130
          if (how === 'zoom')
            layer.dispatchEvent(new WheelEvent('wheel', { ...at, ctrlKey: true, deltaY: back ? 40 : -40 }))
          if (how === 'pan') layer.dispatchEvent(new WheelEvent('wheel', { ...at, deltaX: back ? -30 : 30 }))
          requestAnimationFrame(step)
        }
        if (how === 'pan') layer.dispatchEvent(new WheelEvent('wheel', { ...at, ctrlKey: true, deltaY: -900 }))
        requestAnimationFrame(step)
      }),
    [grid, motion],
  )
  return frames
}

/** From the last letter to the shown answer of the engine; the 100 ms of pause before it asks are counted. */
export async function searchTime(page: Page, query: string): Promise<number> {
  await page.keyboard.press('/')
  await page.keyboard.insertText(query)
  const begun = Date.now()
  await page.waitForFunction(
    () => /^[\d,]+$/.test(document.querySelector('.search .count')?.textContent.trim() ?? ''),
    null,
    // To look with each frame would take a quarter of a core from the search.
    { timeout: 120_000, polling: 10 },
  )
  const took = Date.now() - begun
  await page.keyboard.press('Escape')
  return took
}

/** The longest task of the page while something happens, 0 where none was longer than 50 ms. */
export async function longestTaskWhile(page: Page, happens: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    })
    Object.assign(window, { longTasks: tasks })
  })
  const rows = (): Promise<string | null> => page.locator(grid).getAttribute('aria-rowcount')
  const before = await rows()
  await happens()
  // Until what was sent shows: to take it in is part of it.
  await page.waitForFunction(
    ([selector, count]) => document.querySelector(selector ?? '')?.getAttribute('aria-rowcount') !== count,
    [grid, before] as const,
    { timeout: 60_000 },
  )
  return page.evaluate(() => {
    const tasks: unknown = Reflect.get(window, 'longTasks')
    return Array.isArray(tasks) ? Math.max(0, ...tasks.map(Number)) : Number.NaN
  })
}
