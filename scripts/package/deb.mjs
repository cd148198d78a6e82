import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bash } from '../../src/cli/completion/bash.ts'
import { fish } from '../../src/cli/completion/fish.ts'
import { zsh } from '../../src/cli/completion/zsh.ts'
import { manPage } from '../../src/cli/man-page.ts'
import { fail } from '../ensure.mjs'
import { inProject } from '../run.mjs'
import { addToUpdates } from './update-info.mjs'

const id = 'app.colophon.Colophon'
const home = '/opt/Colophon'
const architectures = { x64: 'amd64', arm64: 'arm64' }

/** What Electron is linked with or opens itself; newer releases of Debian and Ubuntu have some under a name that ends in t64. */
const libraries = [
  ...['libasound2', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libatspi2.0-0', 'libcups2', 'libglib2.0-0', 'libgtk-3-0'].map(
    (name) => `${name}t64 | ${name}`,
  ),
  ...['libc6', 'libcairo2', 'libdbus-1-3', 'libdrm2', 'libexpat1', 'libgbm1', 'libnspr4', 'libnss3', 'libpango-1.0-0'],
  ...[
    'libudev1',
    'libx11-6',
    'libxcb1',
    'libxcomposite1',
    'libxdamage1',
    'libxext6',
    'libxfixes3',
    'libxkbcommon0',
    'libxrandr2',
  ],
  'xdg-utils',
]

/**
 * A Debian package of the unpacked app, made with dpkg-deb; its path. No scripts run at installation: dpkg's own triggers know about
 * new icons and desktop entries, and a helper of Chromium's that needs a mode has it in the package.
 */
export async function makeDeb({ prepackaged, output, uncompressed }) {
  const { version, license } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  const stage = mkdtempSync(join(tmpdir(), 'colophon-deb-'))
  const put = (from, to, mode = 0o644) => {
    const target = join(stage, to)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(from, target)
    chmodSync(target, mode)
  }
  const write = (to, content) => {
    mkdirSync(dirname(join(stage, to)), { recursive: true })
    writeFileSync(join(stage, to), content)
  }
  try {
    cpSync(prepackaged, join(stage, home), { recursive: true })
    // Where the kernel keeps people from making namespaces, as Ubuntu does since 24.04, Chromium's sandbox needs this one.
    chmodSync(join(stage, home, 'chrome-sandbox'), 0o4755)
    // The updater fetches packages of the kind that was installed.
    write(`${home}/resources/package-type`, 'deb')
    mkdirSync(join(stage, 'usr/bin'), { recursive: true })
    symlinkSync(`${home}/bin/colophon`, join(stage, 'usr/bin/colophon'))
    put(inProject('resources/linux', `${id}.desktop`), `usr/share/applications/${id}.desktop`)
    put(inProject('resources/linux', `${id}.metainfo.xml`), `usr/share/metainfo/${id}.metainfo.xml`)
    const icons = inProject('resources/build/icons')
    for (const name of readdirSync(icons))
      put(join(icons, name), `usr/share/icons/hicolor/${name.replace('.png', '')}/apps/${id}.png`)
    put(inProject('resources/build/icon.svg'), `usr/share/icons/hicolor/scalable/apps/${id}.svg`)
    write('usr/share/doc/colophon/copyright', copyright(license))
    write('usr/share/doc/colophon/changelog.gz', gzipSync(readFileSync(inProject('CHANGELOG.md')), { level: 9 }))
    write('usr/share/man/man1/colophon.1.gz', gzipSync(manPage(version), { level: 9 }))
    write('usr/share/bash-completion/completions/colophon', bash())
    write('usr/share/zsh/vendor-completions/_colophon', zsh())
    write('usr/share/fish/vendor_completions.d/colophon.fish', fish())
    write('DEBIAN/control', control({ version, kilobytes: Math.ceil(sizeOf(stage) / 1024) }))

    const file = join(output, `Colophon-${version}-linux-${process.arch}.deb`)
    const args = ['--root-owner-group', uncompressed ? '-Znone' : '-Zxz', '--build', stage, file]
    const { status, error, stderr } = spawnSync('dpkg-deb', args, { encoding: 'utf8' })
    if (error !== undefined) fail('a .deb is made with dpkg-deb, which is not here')
    if (status !== 0) fail(`dpkg-deb: ${stderr}`)
    await addToUpdates(output, file, version)
    return file
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

function control({ version, kilobytes }) {
  return `Package: colophon
Version: ${version}
Architecture: ${architectures[process.arch]}
Maintainer: The Colophon authors <noreply@colophon.invalid>
Installed-Size: ${kilobytes}
Depends: ${libraries.join(', ')}
Recommends: libayatana-appindicator3-1
Section: devel
Priority: optional
Description: shows where the time of Codex sessions went
 Receives the OpenTelemetry data of OpenAI's Codex CLI on this machine, keeps
 it in SQLite, and draws each session as a waterfall of its model calls, tool
 calls and waits.
`
}

function copyright(license) {
  const text = readFileSync(inProject('LICENSE'), 'utf8')
  return `Colophon is under the ${license} licence:\n\n${text}
The licences of the packages that are part of it: About Colophon, in the app.
Those of Electron and Chromium: ${home}/LICENSE.electron.txt and
${home}/LICENSES.chromium.html.
`
}

function sizeOf(path) {
  const entries = readdirSync(path, { withFileTypes: true })
  return entries.reduce((sum, entry) => {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) return sum + sizeOf(inner)
    return sum + (entry.isFile() ? statSync(inner).size : 0)
  }, 0)
}
