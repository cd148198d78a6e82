import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './page-test.ts'

/** Nothing that axe knows to be wrong, of any weight. */
export async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

/** A menu stands at the end of the page, outside of its landmarks: the page and the menu are looked at one by one. */
export async function expectNoViolationsInMenu(page: Page): Promise<void> {
  const wrapper = '[data-reka-popper-content-wrapper]'
  const [around, menu] = [
    await new AxeBuilder({ page }).exclude(wrapper).analyze(),
    await new AxeBuilder({ page }).include('[role=menu]').analyze(),
  ]
  const violations = [...around.violations, ...menu.violations]
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

export const themes = ['light', 'dark'] as const
