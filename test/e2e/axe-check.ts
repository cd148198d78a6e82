import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type axe from 'axe-core'

/** The parts that are looked at, by selectors. */
type Within = axe.SerialContextObject

const wholePage: Within = { exclude: [] }

/** Less than half of what `axe.source` has to be read. */
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Nothing that axe knows to be wrong, of any weight, in either theme: the page follows the system's, since its setting was left alone. Themes
 * differ in colours only, so in the second axe looks at these. It is asked directly: Playwright's own builder of axe opens another page for
 * each answer and carries over what passed as well, which takes several times as long as the looking.
 */
export async function expectNoViolations(page: Page, within = wholePage): Promise<void> {
  const inLight = await violationsIn('light', page, within, {})
  const inDark = await violationsIn('dark', page, within, { runOnly: ['color-contrast', 'link-in-text-block'] })
  expect([...inLight, ...inDark]).toEqual([])
}

/** A menu stands at the end of the page, outside of its landmarks: the page and the menu are looked at one by one. */
export async function expectNoViolationsInMenu(page: Page): Promise<void> {
  await expectNoViolations(page, { exclude: ['[data-reka-popper-content-wrapper]'] })
  await expectNoViolations(page, { include: ['[role=menu]'] })
}

async function violationsIn(
  theme: 'light' | 'dark',
  page: Page,
  within: Within,
  options: axe.RunOptions,
): Promise<string[]> {
  // What moves is looked at where it comes to rest: half faded in, a word has a colour that nobody chose.
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const violations = await page.evaluate(
    ([context, runOptions]) =>
      (window as unknown as { axe: typeof axe }).axe
        .run(context, { ...runOptions, resultTypes: ['violations'], selectors: false })
        .then((results) => results.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))),
    [within, options] as const,
  )
  return violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.join(' | ')}`)
}
