import { startEngine } from '../../../src/engine/index.ts'

/** A host that does nothing but keep an engine until it is killed. Prints the address for HTTP. */
const [dataDir = ''] = process.argv.slice(2)
const free = { host: '127.0.0.1', port: 0 }
const engine = await startEngine({ dataDir, version: '0.0.0', grpc: free, http: free, sampleDir: dataDir })
console.log(engine.receivers.http)
// Its end is the test's to decide; should the test be gone, the pipe is closed.
process.stdin.resume().once('end', () => process.exit(1))
