import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const electron = {
  any: {
    name: 'electron',
    message: 'Only src/main and src/preload know Electron: the rest reaches the engine through the bridge.',
  },
  ipcMain: {
    name: 'electron',
    importNames: ['ipcMain'],
    message: 'Use src/main/ipc.ts: it checks the sender of every message.',
  },
  ipcRenderer: {
    name: 'electron',
    importNames: ['ipcRenderer'],
    message: 'Only src/preload/index.ts talks to the main process; the page uses window.colophon.',
  },
}

function restrictImports(files, ...paths) {
  return { files, rules: { 'no-restricted-imports': ['error', { paths }] } }
}

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', 'resources/', 'test/fixtures/', '**/*.d.ts']),
  // Rules that need types are oxlint's (.oxlintrc.json), which does not know .vue: there vue-tsc alone knows types. To let ESLint learn the
  // types of .vue took longer than everything else here.
  tseslint.configs.recommended,
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    // An optional prop of TypeScript says by its type that it may be undefined.
    rules: { 'vue/require-default-prop': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { rules: { 'max-lines': ['error', 300], eqeqeq: 'error', 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/node-command.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression > MemberExpression[object.name='process'][property.name='execPath']",
          message: 'Use nodeCommand of test/node-command.ts: every process of the project has its switches.',
        },
      ],
    },
  },
  restrictImports(['src/**/*.{ts,vue}'], electron.any),
  restrictImports(['src/main/**/*.ts'], electron.ipcMain, electron.ipcRenderer),
  restrictImports(['src/main/ipc.ts'], electron.ipcRenderer),
  restrictImports(['src/preload/**/*.ts'], electron.ipcMain),
  {
    files: ['src/**/*.ts'],
    ignores: ['src/engine/threads/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...["NewExpression[callee.name='Worker']", "CallExpression[callee.name='fork']"].map((selector) => ({
          selector,
          message:
            'Threads and processes are listed and started in src/engine/threads, so that the end of each is noticed.',
        })),
      ],
    },
  },
  prettier,
)
