import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { appFolder, environmentAt, expect, program, test } from './packaged-app.ts'

test('the fuses of the program are as they should be', async ({ home: _ }) => {
  const wire = await getCurrentFuseWire(program)
  const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === Number(FuseState.ENABLE)
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    nodeCliInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
    asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    fileProtocolPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    nodeCliInspect: false,
    cookieEncryption: true,
    asarIntegrity: true,
    onlyFromAsar: true,
    fileProtocolPrivileges: false,
  })
})

/** Runs the command `--version`, which says so much and ends. */
function run(home: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const switches = ['--no-sandbox', '--ozone-platform=headless', '--log-level=3']
  return spawnSync(program, [...switches, ...args], {
    env: { ...environmentAt(home), ...more },
    encoding: 'utf8',
    timeout: 120_000,
  })
}

test('it cannot be made to run as Node', ({ home }) => {
  const { stdout } = spawnSync(program, ['-e', 'console.log("ran as Node")'], {
    env: { ...environmentAt(home), ELECTRON_RUN_AS_NODE: '1', DISPLAY: '' },
    encoding: 'utf8',
    timeout: 120_000,
  })
  expect(stdout).not.toContain('ran as Node')
})

test('it takes no code from the environment, and opens to no debugger', ({ home }) => {
  const { stdout, stderr } = run(home, ['--version'], { NODE_OPTIONS: '--require=/nowhere.cjs' })
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(stderr).not.toContain('nowhere')
  expect(run(home, ['--inspect=0', '--version']).stderr).not.toContain('Debugger listening')
})

test('the app is in its archive, and beside it only the native code that cannot be', ({ home: _ }) => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
  const resources = join(appFolder, 'resources')
  expect(readdirSync(resources).filter((name) => name.startsWith('app'))).toEqual(
    expect.arrayContaining(['app.asar', 'app.asar.unpacked']),
  )
  expect(files(join(resources, 'app.asar.unpacked'))).toEqual([`${process.platform}-${process.arch}.node`])
})
