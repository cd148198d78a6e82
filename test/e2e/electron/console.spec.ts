import { expect, test } from './app.ts'
import { ask } from './page-calls.ts'

const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n'

test('a statement that runs away is ended with its process, and the next one is answered', async ({ startApp }) => {
  const { app, page } = await startApp()
  const consoles = () =>
    app.evaluate(({ app }) => app.getAppMetrics().filter(({ name }) => name === 'Colophon console').length)
  const running = ask(page, 'sql.run', { sql: endless }).then(
    () => 'answered',
    (error: unknown) => String(error),
  )
  await expect.poll(consoles).toBe(1)
  // The rest of the app does not wait for it.
  await ask(page, 'status', {})
  expect(await running).toContain('stopped: it ran for more than 10 s')
  await expect.poll(consoles).toBe(0)
  expect((await ask(page, 'sql.run', { sql: 'SELECT 40 + 2 AS answer' })).rows).toEqual([[42]])
})
