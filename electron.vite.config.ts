import { cpSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { avoidV8Fault } from './src/engine/v8-fault.ts'

avoidV8Fault()

/** Files that the engine reads beside its code at run time: all chunks of the main build lie flat in one folder. */
function copyEngineFiles(): Plugin {
  return {
    name: 'colophon-engine-files',
    closeBundle() {
      // One of another name, of an earlier build, would stand in the way of the next.
      rmSync('out/main/migrations', { recursive: true, force: true })
      cpSync('src/engine/store/migrations', 'out/main/migrations', { recursive: true })
      cpSync('protos', 'out/main/protos', { recursive: true })
    },
  }
}

/**
 * What a view needs comes in a handful of files. Left to itself, the bundler makes one of every few modules that views share, a hundred for
 * the first view, and to ask for each costs more than to read it. Before the lower priorities, the higher ones take theirs and what that imports.
 */
const chunks = [
  { name: 'page', tags: ['$initial' as const], priority: 4 },
  { name: 'editor', test: /src[\\/]renderer[\\/]parts[\\/]code-editor[\\/]/, priority: 3 },
  // All but what draws with ECharts, which is as large as the page.
  { name: 'shared', test: /src[\\/]renderer[\\/](?!charts[\\/]([A-Z]|echarts))/, minShareCount: 2, priority: 2 },
  { name: 'charts', test: /src[\\/]renderer[\\/]charts[\\/](Heat|Histogram|Pie|Time)Chart/, priority: 1 },
]

/**
 * An `import` of a module of Node's own, and a `require` as packages have it, makes all that it exports, getters included: with `node:fs`
 * come its promises and streams, with `node:http` a client of WebSockets, a tenth of what `serve` takes to start. Asked for by name they
 * are there at once.
 */
function builtinsByName(): Plugin {
  const imported = /^import (?:([\w$]+)(?:, )?)?(\{[^}]*\})? from "node:([\w/]+)";$/gm
  const required = /\b__require\("(?:node:)?([\w/]+)"\)/g
  const constant = (names: string | undefined, name: string): string =>
    names === undefined ? '' : `const ${names.replaceAll(' as ', ': ')} = ${asked(name)};`
  const asked = (name: string): string => `process.getBuiltinModule("node:${name}")`
  return {
    name: 'colophon-builtins-by-name',
    renderChunk: (code) => ({
      code: code
        .replace(
          imported,
          (_all, whole: string | undefined, parts: string | undefined, name: string) =>
            constant(whole, name) + constant(parts, name),
        )
        .replace(required, (all, name: string) => (isBuiltin(`node:${name}`) ? asked(name) : all)),
      map: null,
    }),
  }
}

/**
 * A browser compiles a function when it is first called, on the page's own thread: a quarter of what the first click on a session took. Told
 * so by this comment it compiles all of a file in a thread of its own, while the file comes. Browsers that do not know it pass over it.
 */
function compiledAhead(): Plugin {
  return {
    name: 'colophon-compiled-ahead',
    // Last of all: it has to stand before whatever others put there.
    generateBundle: {
      order: 'post',
      handler(_options, files) {
        for (const file of Object.values(files))
          if (file.type === 'chunk' && file.name === 'page') file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
      },
    },
  }
}

/**
 * What every command loads, and what those that sum up load beside it, in a file each: to ask for one of thirty small ones takes Node half
 * a millisecond, and `colophon statusline` has fifty in all.
 */
const commandChunks = [
  { name: 'command-line', test: /src[\\/]cli[\\/]run\.ts$/, priority: 3 },
  // What a host needs of it, whose first thread opens no database.
  {
    name: 'common',
    test: /src[\\/](engine[\\/](make-folder|own-file|store[\\/]holder)|model[\\/]panels[\\/](zone|filter-fields))\.ts$/,
    priority: 4,
  },
  { name: 'figures', test: /src[\\/]engine[\\/]reading[\\/](open-folder|status-figures)\.ts$/, priority: 2 },
]

export default defineConfig({
  main: {
    plugins: [copyEngineFiles(), builtinsByName()],
    build: {
      target: 'node20',
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/cli/index.ts'),
          'writer-worker': resolve('src/engine/store/writer-worker.ts'),
          'reader-worker': resolve('src/engine/store/reader-worker.ts'),
          'settle-worker': resolve('src/engine/store/settle-worker.ts'),
          'search-worker': resolve('src/engine/store/search-worker.ts'),
          'check-worker': resolve('src/engine/store/check-worker.ts'),
          'export-worker': resolve('src/engine/store/export-worker.ts'),
          'console-process': resolve('src/engine/explore/console-process.ts'),
          'history-worker': resolve('src/engine/history/history-worker.ts'),
          'words-worker': resolve('src/engine/history/words/words-worker.ts'),
          'team-worker': resolve('src/team/team-worker.ts'),
          'forward-worker': resolve('src/engine/forwarding/forward-worker.ts'),
        },
        // One flat folder, so that `import.meta.url` of any chunk leads to the files beside it.
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: { groups: commandChunks },
        },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue({ template: { compilerOptions: { runtimeModuleName: '#shown-vue' } } }), compiledAhead()],
    resolve: { alias: { '#shown-vue': resolve('src/renderer/shown-vue.ts') } },
    build: {
      rollupOptions: {
        input: { index: resolve('src/renderer/index.html') },
        output: { codeSplitting: { groups: chunks } },
      },
    },
  },
})
