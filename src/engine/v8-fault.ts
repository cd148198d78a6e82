import { setFlagsFromString } from 'node:v8'
import switches from './v8-switches.json' with { type: 'json' }

/**
 * V8 13.0 to 13.6 (Electron 33, Node 24) may free the code between WebAssembly and JavaScript twice when one thread frees what another
 * takes up, and then the process ends with `Check failed: jit_page.has_value()` or a segmentation fault (mended by V8's 9b8ca54d5a, from
 * 13.7). Every thread has such code: Node's reader of CommonJS exports, its `fetch` and its TypeScript loader are WebAssembly. Nothing is
 * freed, so nothing twice, where V8 keeps that code: some kilobytes a thread.
 *
 * Its memory protection keys were suspected as well: Node gives V8 no allocator for them, so that switch changes nothing there. It is
 * for a Node that was built otherwise, and can be set on the command line alone.
 */
export const v8Switches: readonly string[] = Object.values(switches)

/** For a process that nobody starts with the switches. Before its first worker thread. */
export function avoidV8Fault(): void {
  setFlagsFromString(switches.keepWasmCode)
}
