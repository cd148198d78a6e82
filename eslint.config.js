import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  // All of TypeScript is oxlint's (.oxlintrc.json), which does not know .vue: there vue-tsc alone knows types. To let ESLint learn the
  // types of .vue took longer than everything else here.
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', 'resources/', 'test/fixtures/', '**/*.ts']),
  tseslint.configs.recommended,
  {
    files: ['**/*.vue'],
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
  { files: ['src/**/*.vue'], rules: { 'no-restricted-imports': ['error', { paths: ['electron'] }] } },
  prettier,
)
