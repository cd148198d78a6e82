import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** How the app is packaged for every platform; scripts/dist.mjs runs it. https://www.electron.build/configuration */
const root = import.meta.dirname
const { env } = process
const updateKey = 'resources/build/update-key.pem'

/**
 * An Electron that is here already: the folder that the package `electron` obeys as well, or the one it has fetched. Else the packager
 * fetches the version of the lock file.
 */
function electronHere() {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  if (!existsSync(join(folder, 'version'))) return {}
  const electronVersion = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  return { electronDist: folder, electronVersion }
}

/** Where releases are published. Without it the app is built all the same, and says that it cannot look for updates. */
function publishing() {
  const [owner, repo] = env.GITHUB_REPOSITORY?.split('/') ?? []
  return owner && repo ? [{ provider: 'github', owner, repo, releaseType: 'draft' }] : null
}

export default {
  appId: 'app.colophon.Colophon',
  productName: 'Colophon',
  copyright: 'The Colophon authors, MIT licence',
  artifactName: 'Colophon-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'resources/build' },
  publish: publishing(),
  ...electronHere(),
  electronLanguages: ['en', 'en-US'],

  // Everything else is in the bundles. Beside them lie the package with native code, and the one that is loaded once for each list of
  // prices (src/engine/pricing/genai-prices.ts).
  files: [
    'package.json',
    'out',
    'resources/licences.json',
    'resources/sample',
    '!node_modules',
    'node_modules/better-sqlite3/package.json',
    'node_modules/better-sqlite3/LICENSE',
    'node_modules/better-sqlite3/lib',
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    'node_modules/@pydantic/genai-prices/package.json',
    'node_modules/@pydantic/genai-prices/dist/index.cjs',
  ],
  extraFiles: [{ from: 'LICENSE', to: 'LICENSE.txt' }],
  // Without it the app takes no updates; scripts/package/make-update-key.mjs makes it.
  extraResources: existsSync(join(root, updateKey)) ? [{ from: updateKey, to: 'update-key.pem' }] : [],
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  npmRebuild: false,

  // Read back from the packaged program in test/e2e/packaged/fuses.spec.ts.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  // A runtime of one's own may hold the app that a bare Electron starts.
  afterPack: ({ packager, appOutDir }) => {
    rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
    rmSync(join(appOutDir, 'version'), { force: true })
  },

  protocols: [{ name: 'Colophon session', schemes: ['colophon'], role: 'Viewer' }],

  // Signed where CSC_LINK and CSC_KEY_PASSWORD are set, and notarised with APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID.
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/build/entitlements.mac.plist',
    entitlementsInherit: 'resources/build/entitlements.mac.plist',
    notarize: Boolean(env.APPLE_ID && env.APPLE_TEAM_ID),
  },
  // Signed where WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD are set.
  win: { target: ['nsis'] },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  // The .deb is made by scripts/package/deb.mjs.
  linux: {
    target: ['AppImage'],
    executableName: 'colophon',
    icon: 'resources/build/icons',
    category: 'Development',
    synopsis: 'See where the time of your Codex sessions went',
    mimeTypes: ['x-scheme-handler/colophon'],
    desktop: { entry: { StartupWMClass: 'colophon', GenericName: 'Codex session explorer' } },
    extraFiles: [{ from: 'resources/linux/colophon', to: 'bin/colophon' }],
  },
}
