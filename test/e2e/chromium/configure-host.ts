import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { test as base } from './real-host.ts'

export interface CodexHome {
  readonly folder: string
  readonly file: string
  readonly write: (text: string) => void
  readonly read: () => string
}

/** The real host with a Codex folder of its own: what a test configures is never the machine's. */
export const test = base.extend<{ readonly codexHome: CodexHome }>({
  // Before the host starts, which takes the variable from here.
  codexHome: [
    async ({}, use) => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-codex-home-')))
      const file = join(folder, 'config.toml')
      const before = process.env.CODEX_HOME
      process.env.CODEX_HOME = folder
      await use({
        folder,
        file,
        write: (text) => {
          writeFileSync(file, text)
        },
        read: () => readFileSync(file, 'utf8'),
      })
      if (before === undefined) delete process.env.CODEX_HOME
      else process.env.CODEX_HOME = before
      rmSync(folder, { recursive: true, force: true })
    },
    { auto: true },
  ],
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
