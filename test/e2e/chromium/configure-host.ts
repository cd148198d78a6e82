import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { test as base } from './real-host.ts'

export interface CodexHome {
  readonly folder: string
  readonly file: string
  readonly write: (text: string) => void
  readonly read: () => string
}

/** The real host with the Codex folder that it writes to: what a test configures is never the machine's. */
export const test = base.extend<{ readonly codexHome: CodexHome }>({
  codexHome: async ({ host }, use) => {
    const folder = host.codexHome
    const file = join(folder, 'config.toml')
    mkdirSync(folder)
    await use({
      folder,
      file,
      write: (text) => {
        writeFileSync(file, text)
      },
      read: () => readFileSync(file, 'utf8'),
    })
    rmSync(folder, { recursive: true })
  },
})

/** For tests that change nothing but the file: one host serves all that a worker runs. */
export const testOfFile = test.extend({
  host: async ({ workerHost }, use) => use(await workerHost('configure', () => Promise.resolve())),
})

export const editorOf = (page: Page): Locator => page.getByRole('textbox', { name: 'config.toml' })

/** Puts the cursor behind a line's text and writes. */
export async function writeBehind(page: Page, line: string, text: string): Promise<void> {
  await editorOf(page).locator('.cm-line', { hasText: line }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.insertText(text)
}

export async function confirm(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Write config.toml' }).click()
}
