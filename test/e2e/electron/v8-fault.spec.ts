import { expect, launchHidden, launchOptions, patience, test } from './app.ts'

/** Makes V8 look at once whether code of WebAssembly may go, and say so on standard output. */
const eager = '--js-flags=--wasm-wrapper-tiering-budget=1 --stress-wasm-code-gc --trace-wasm-code-gc'

test('the app frees no code of WebAssembly, of which V8 now and then dies', async ({ dataDir }) => {
  const app = await launchHidden(launchOptions(dataDir, [eager]))
  let said = ''
  app.process().stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const page = await app.firstWindow(patience)
  await page.getByRole('button', { name: 'Configure Codex' }).first().waitFor()
  await app.close()
  expect(said).not.toContain('wasm-gc')
})
