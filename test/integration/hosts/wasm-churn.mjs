/**
 * Starts threads that take up code between WebAssembly and JavaScript, call through it and let go of it, four at a time, until as many
 * have come and gone as it is told. Every other one is ended from outside, in the middle of its work.
 */
import { once } from 'node:events'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

if (isMainThread) {
  let left = Number(process.argv[2])
  const starter = async () => {
    while (left-- > 0) {
      const worker = new Worker(new URL(import.meta.url))
      const gone = once(worker, 'exit')
      await once(worker, 'message')
      if (left % 2 === 0) void worker.terminate()
      await gone
    }
  }
  await Promise.all([starter(), starter(), starter(), starter()])
  console.log('all came and went')
} else {
  const modules = signatures().map(moduleOf)
  for (let round = 0; round < 8; round++) {
    for (const module of modules) {
      const { exports } = new WebAssembly.Instance(module, { env: { cb: () => 1 } })
      for (let call = 0; call < 4; call++) exports.run(call, call)
    }
    if (round === 1) parentPort.postMessage('working')
    globalThis.gc()
  }
}

/** Code of this kind is shared by what it takes: two numbers of four types make sixteen kinds. */
function signatures() {
  const types = [0x7f, 0x7d, 0x7c, 0x6f]
  return types.flatMap((first) => types.map((second) => [first, second]))
}

/** A module that imports `env.cb` and exports `run`, which hands its two parameters to it. */
function moduleOf(types) {
  const sections = [
    [1, 1, 0x60, 2, ...types, 1, 0x7f],
    [2, 1, 3, ...Buffer.from('env'), 2, ...Buffer.from('cb'), 0, 0],
    [3, 1, 0],
    [7, 1, 3, ...Buffer.from('run'), 0, 1],
    [10, 1, 8, 0, 0x20, 0, 0x20, 1, 0x10, 0, 0x0b],
  ]
  const body = sections.flatMap(([id, ...content]) => [id, content.length, ...content])
  return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...body]))
}
