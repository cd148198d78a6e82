import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from './packaged-app.ts'

test('logging out, which ends all of its processes at once, is a clean stop', async ({ home, startApp }) => {
  const { process: app } = await startApp()
  const mark = join(home, '.local', 'share', 'colophon', 'running')
  expect(existsSync(mark)).toBe(true)
  const gone = once(app, 'exit')
  if (app.pid !== undefined) process.kill(-app.pid, 'SIGTERM')
  expect(await gone).toEqual([0, null])
  expect(existsSync(mark)).toBe(false)
})
