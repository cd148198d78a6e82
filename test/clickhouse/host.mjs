// The process that is the server: it calls the library's `clickhouse local`, which comes back when the engine has ended. It has to
// be the main thread's own stack, which the engine measures.
import { createRequire } from 'node:module'

const [ffi, library, ...args] = process.argv.slice(2)
const { DataType, load, open } = createRequire(import.meta.url)(ffi)
open({ library: 'chdb', path: library })
const argv = ['clickhouse', ...args]
const result = load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.BigInt,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
})
process.exit(BigInt(result) === 0n ? 1 : 0)
