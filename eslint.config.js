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
  { files: ['**/*.{ts,vue}'], extends: [tseslint.configs.recommendedTypeChecked] },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.recommended, tseslint.configs.disableTypeChecked] },
  { files: ['**/*.vue'], extends: [vue.configs['flat/recommended']] },
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // What a .vue file exports has a type for vue-tsc alone: to the linter it is an error, and so is all that follows.
    files: ['src/renderer/**/*.vue', 'src/renderer/main.ts', 'src/renderer/router.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // An optional prop of TypeScript says by its type that it may be undefined.
      'vue/require-default-prop': 'off',
    },
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
