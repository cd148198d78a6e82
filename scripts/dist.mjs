import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, fail } from './ensure.mjs'
import { inProject, say } from './run.mjs'

/**
 * `npm run dist`: the installers of the platform that it runs on, into dist/. `-- --dir` stops at the unpacked app, `-- deb` makes the
 * Debian package alone, `--uncompressed` for a test. Electron and the tools of an installer are fetched by the packager where they are
 * not here.
 */
const kinds = { darwin: ['dmg', 'zip'], win32: ['nsis'], linux: ['deb', 'AppImage'] }
const platforms = { darwin: 'MAC', win32: 'WINDOWS', linux: 'LINUX' }
const output = inProject('dist')

const uncompressed = process.argv.includes('--uncompressed')
const wanted = readArguments(process.argv.slice(2).filter((argument) => argument !== '--uncompressed'))
ensureInstalled()
ensureBuilt()
const { Arch, build, Platform } = await import('electron-builder')
const { default: config } = await import('../electron-builder.config.mjs')
const platform = Platform[platforms[process.platform]]

rmSync(output, { recursive: true, force: true })
if (process.platform === 'linux' || wanted.length === 0) {
  await packAs(['dir'])
  for (const kind of wanted) await makeInstaller(kind)
} else {
  // One list of updates holds both kinds of Mac; the programs for either come with the packages.
  const architectures = process.platform === 'darwin' ? [Arch.x64, Arch.arm64] : [Arch.x64]
  await packAs(wanted, {}, architectures)
}
await writeChecksums()

function readArguments(args) {
  const all = kinds[process.platform]
  if (all === undefined) fail(`nothing is packaged on ${process.platform}`)
  if (args.includes('--dir')) return []
  const unknown = args.find((kind) => !all.includes(kind))
  if (unknown !== undefined) fail(`“${unknown}” is none of --dir, ${all.join(', ')}`)
  return args.length === 0 ? all : args
}

async function packAs(targets, more = {}, architectures = []) {
  try {
    await build({ targets: platform.createTarget(targets, ...architectures), config, publish: 'never', ...more })
  } catch (error) {
    const hint = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED/.test(String(error))
      ? ' It has to be fetched, and this machine cannot.'
      : ''
    fail(`${targets.join(', ')} could not be made: ${error.message.split('\n')[0]}${hint}`)
  }
}

/** From the unpacked app: what cannot be made here does not keep the others from being made. */
async function makeInstaller(kind) {
  const folder = readdirSync(output).find((name) => name.endsWith('unpacked'))
  if (folder === undefined) fail('the packager left no unpacked app in dist/')
  const prepackaged = join(output, folder)
  if (kind !== 'deb') return packAs([kind], { prepackaged })
  const { makeDeb } = await import('./package/deb.mjs')
  say(`made ${await makeDeb({ prepackaged, output, uncompressed })}`)
}

/** For `sha256sum --check`. */
async function writeChecksums() {
  const lines = []
  for (const name of readdirSync(output)
    .filter((name) => /\.(dmg|zip|exe|AppImage|deb)$/.test(name))
    .sort()) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(join(output, name))) hash.update(chunk)
    lines.push(`${hash.digest('hex')}  ${name}\n`)
  }
  if (lines.length > 0) writeFileSync(join(output, `SHA256SUMS-${process.platform}-${process.arch}`), lines.join(''))
}
