/** The layers as an allow-list: folder → what it may import (ARCHITECTURE.md, "The shape"). */
const layers = {
  model: { folders: ['model'], packages: ['zod'] },
  contract: { folders: ['contract', 'model'], packages: ['zod'] },
  engine: {
    folders: ['engine', 'contract', 'model'],
    packages: [
      'zod',
      'better-sqlite3',
      'fzstd',
      'protobufjs',
      '@grpc/grpc-js',
      '@pydantic/genai-prices',
      '@decimalturn/toml-patch',
      'smol-toml',
      '@types/better-sqlite3',
    ],
    node: true,
  },
  team: { folders: ['team', 'engine', 'contract', 'model'], packages: ['@clickhouse/client'], node: true },
  main: { folders: ['main', 'cli', 'contract', 'engine'], packages: ['electron', 'electron-updater'], node: true },
  mcp: { folders: ['mcp', 'contract', 'engine', 'model'], packages: ['zod', '@modelcontextprotocol/sdk'], node: true },
  cli: { folders: ['cli', 'contract', 'engine', 'mcp', 'team'], packages: [], node: true },
  preload: { folders: ['preload', 'contract'], packages: ['electron'] },
  renderer: {
    folders: ['renderer', 'contract', 'model'],
    packages: [
      'vue',
      'vue-router',
      'pinia',
      '@vueuse/core',
      'reka-ui',
      '@lucide/vue',
      '@fontsource-variable/[^/]+',
      'vite',
      'echarts',
      'vue-echarts',
      '@codemirror/[^/]+',
      'codemirror',
      'marked',
      'anser',
      '@tanstack/vue-virtual',
    ],
  },
}

const packagePath = (names) => `node_modules/(?:${names.join('|')})/`

const allowLists = Object.entries(layers).map(([name, layer]) => ({
  name: `layer-${name}`,
  comment: `src/${name} may import ${[...layer.folders, ...layer.packages].join(', ')}${layer.node ? ' and Node' : ''}.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    pathNot: [`^src/(?:${layer.folders.join('|')})/`, ...(layer.packages.length ? [packagePath(layer.packages)] : [])],
    ...(layer.node ? { dependencyTypesNot: ['core'] } : {}),
  },
}))

module.exports = {
  forbidden: [
    ...allowLists,
    {
      name: 'contract-as-types-in-preload',
      comment: 'The preload runs before the page in its process: it carries types of the contract, none of its code.',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { path: '^src/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sqlite-only-in-the-store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/store/' },
      to: { path: packagePath(['better-sqlite3', '@types/better-sqlite3']) },
    },
    {
      name: 'team-only-when-asked',
      comment: 'Nothing of a team is loaded before somebody has one: import() alone leads there.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/team/' },
      to: { path: '^src/team/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'echarts-only-in-charts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/renderer/charts/' },
      to: { path: packagePath(['echarts', 'vue-echarts']) },
    },
    {
      name: 'no-cycles',
      comment: 'Of types neither: two files that name each other are one, or have a third between them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports is dead, unless a process starts with it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^src/(main|cli|preload)/index\\.ts$',
          '^src/renderer/main\\.ts$',
          '-(worker|process)\\.ts$',
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.vue', '.d.ts', '.json'],
    },
  },
}
