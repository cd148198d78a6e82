import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import type { UserConfig } from 'vite'

/** How the page is built, for both hosts and for the tests of the page alone. */
export const page: Pick<UserConfig, 'plugins' | 'resolve'> = {
  plugins: [vue({ template: { compilerOptions: { runtimeModuleName: '#shown-vue' } } })],
  resolve: { alias: { '#shown-vue': resolve(import.meta.dirname, 'src/renderer/shown-vue.ts') } },
}
