import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import { nodeCommand } from '../../node-command.ts'
import { expect, oneApp, test } from './app.ts'

const command = resolve(import.meta.dirname, '../../../out/main/cli.js')

/** What the command line writes of a session, while the app runs on the same folder. */
async function exportedByCli(dataDir: string, sessionId: string): Promise<string> {
  const args = [command, 'export', sessionId, '--data', dataDir]
  const { stdout } = await promisify(execFile)(...nodeCommand(...args), { maxBuffer: 1 << 28 })
  return stdout
}

async function invoke(page: Page, name: string, params: unknown): Promise<unknown> {
  return page.evaluate(
    ([procedure, given]) => {
      const { colophon } = window as unknown as {
        colophon: { invoke(name: unknown, params: unknown): Promise<unknown> }
      }
      return colophon.invoke(procedure, given)
    },
    [name, params] as const,
  )
}

async function openSample(page: Page): Promise<string> {
  const answer = (await invoke(page, 'sample.open', {})) as { value: { sessionId: string } }
  return answer.value.sessionId
}

/** One more session, so that the list is one of several. */
async function importOther(page: Page): Promise<void> {
  const capture = resolve(import.meta.dirname, '../../fixtures/captures/08_mcp')
  const paths = readdirSync(capture).map((file) => join(capture, file))
  await invoke(page, 'import.paths', { paths: paths.filter((path) => path.includes('.pb')) })
}

/** Stands in for the system's dialogs, which no test can operate; `asked` tells how often each was shown. */
async function answerDialogs(app: ElectronApplication, answer: { file?: string; folder?: string }): Promise<void> {
  await app.evaluate(({ dialog }, { file, folder }) => {
    const asked: string[] = []
    Reflect.set(globalThis, 'asked', asked)
    dialog.showSaveDialog = () => {
      asked.push('file')
      return Promise.resolve({ canceled: file === undefined, filePath: file ?? '' })
    }
    dialog.showOpenDialog = () => {
      asked.push('folder')
      return Promise.resolve({ canceled: folder === undefined, filePaths: folder === undefined ? [] : [folder] })
    }
  }, answer)
}

const asked = (app: ElectronApplication) => app.evaluate(() => Reflect.get(globalThis, 'asked') as string[])

async function exportFromDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /Colophon JSON/ }).check()
  await dialog.getByRole('checkbox', { name: 'Secrets' }).uncheck()
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog.getByText(/handed over/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
}

const started = oneApp()

test('a session is saved where the dialog says, the same to the byte as the command line writes it', async () => {
  const { app, page, dataDir } = started()
  const sessionId = await openSample(page)
  const file = join(dataDir, 'saved.json')
  await answerDialogs(app, { file })
  await page.evaluate((id) => (location.hash = `#/sessions/${id}`), sessionId)
  await page.getByRole('button', { name: 'Export' }).click()
  await exportFromDialog(page)
  await expect.poll(() => readdirSync(dataDir)).toContain('saved.json')
  expect(readFileSync(file, 'utf8') === (await exportedByCli(dataDir, sessionId))).toBe(true)
  expect(await asked(app)).toEqual(['file'])
  await expect.poll(() => readdirSync(join(dataDir, 'browser', 'to-save'))).toEqual([])
})

test('an answer of no saves nothing, and leaves nothing', async () => {
  const { app, page, dataDir } = started()
  const sessionId = await openSample(page)
  await answerDialogs(app, {})
  await page.evaluate((id) => (location.hash = `#/sessions/${id}`), sessionId)
  await page.getByRole('button', { name: 'Export' }).click()
  await exportFromDialog(page)
  await expect.poll(() => asked(app)).toEqual(['file'])
  await expect.poll(() => readdirSync(join(dataDir, 'browser', 'to-save'))).toEqual([])
})

test('several sessions go into a folder that is asked for once, and over nothing that is there', async () => {
  const { app, page, dataDir } = started()
  const sessionId = await openSample(page)
  await importOther(page)
  const folder = join(dataDir, 'saved')
  mkdirSync(folder)
  const taken = `codex-${sessionId}.session.json`
  writeFileSync(join(folder, taken), 'mine')
  await answerDialogs(app, { folder })
  await page.evaluate(() => (location.hash = '#/sessions'))
  await expect(page.getByRole('checkbox')).toHaveCount(2)
  for (const box of await page.getByRole('checkbox').all()) await box.click()
  await page.getByRole('button', { name: 'Export…' }).click()
  await exportFromDialog(page)
  await expect.poll(() => readdirSync(folder)).toHaveLength(3)
  expect(readFileSync(join(folder, taken), 'utf8')).toBe('mine')
  const saved = readFileSync(join(folder, taken.replace('.json', ' (1).json')), 'utf8')
  expect(saved === (await exportedByCli(dataDir, sessionId))).toBe(true)
  expect(await asked(app)).toEqual(['folder'])
})

for (const way of ['dropped on the window', 'chosen in the dialog'] as const) {
  test(`a file that is ${way} is imported, its session opens, and is exported as it was`, async ({
    startApp,
    dataDir,
  }) => {
    const { app, page } = await startApp()
    const sessionId = await openSample(page)
    const text = await exportedByCli(dataDir, sessionId)
    await invoke(page, 'sample.remove', {})
    await page.evaluate(() => (location.hash = '#/health'))
    if (way === 'dropped on the window') {
      const files = await page.evaluateHandle((content) => {
        const data = new DataTransfer()
        data.items.add(new File([content], 'session.json'))
        return data
      }, text)
      await page.locator('main').dispatchEvent('drop', { dataTransfer: files })
    } else {
      await importOther(page)
      await page.evaluate(() => (location.hash = '#/sessions'))
      await page.getByRole('button', { name: 'Import…' }).first().click()
      const buffer = Buffer.from(text)
      await page.getByLabel('Files to import').setInputFiles({ name: 'session.json', mimeType: 'text/plain', buffer })
    }
    const dialog = page.getByRole('dialog', { name: 'Import' })
    await dialog.getByRole('button', { name: 'Open' }).click()
    await expect(page.getByRole('tab', { name: /^Waterfall/ })).toBeVisible()
    expect(page.url()).toContain(sessionId)

    const file = join(dataDir, 'again.json')
    await answerDialogs(app, { file })
    await page.getByRole('button', { name: 'Export' }).click()
    await exportFromDialog(page)
    await expect.poll(() => readdirSync(dataDir)).toContain('again.json')
    expect(readFileSync(file, 'utf8') === text).toBe(true)
  })
}
