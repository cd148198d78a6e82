import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './api-support.ts'
import { RunningCli, announcement, freePorts } from './cli-support.ts'

const project = resolve(import.meta.dirname, '../../..')

/** The built command line with nothing beside it but what `dependencies` names, as an installation for servers has it. */
function installWithoutElectron(): string {
  if (!existsSync(join(project, 'out', 'main', 'cli.js'))) throw new Error('out/ is not built: npm run build')
  const folder = temporaryFolder()
  cpSync(join(project, 'out'), join(folder, 'out'), { recursive: true })
  cpSync(join(project, 'package.json'), join(folder, 'package.json'))
  const { dependencies } = createRequire(import.meta.url)(join(project, 'package.json')) as {
    dependencies: Record<string, string>
  }
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(project, 'node_modules', name), link, 'junction')
  }
  return folder
}

test('the built command line runs where Electron is not installed', async () => {
  const folder = installWithoutElectron()
  const { resolve: find } = createRequire(join(folder, 'out', 'main', 'cli.js'))
  expect(() => find('electron')).toThrow()
  const args = ['serve', '--json', '--data', join(folder, 'data'), ...freePorts]
  const cli = new RunningCli(args, join(folder, 'out', 'main', 'cli.js'))
  const { url } = announcement.parse(JSON.parse(await cli.until(/^.*\n/)))
  expect((await fetch(url)).status).toBe(200)
  cli.process.kill('SIGTERM')
  expect(await cli.exitCode()).toBe(0)
})
