/**
 * Loaded before the app (`electron -r`): writes down every address that Node looks up, connects to or sends to, in the main process
 * and its worker threads, to the file that COLOPHON_CONNECTIONS names. Chromium's own traffic is in its net log.
 */
const { appendFileSync } = require('node:fs')
const dgram = require('node:dgram')
const dns = require('node:dns')
const { syncBuiltinESMExports } = require('node:module')
const net = require('node:net')
const threads = require('node:worker_threads')

const file = process.env.COLOPHON_CONNECTIONS
const note = (how, where) => appendFileSync(file, `${how} ${where}\n`)

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  // Node's own callers hand over their normalised arguments as one array.
  const [first] = Array.isArray(args[0]) ? args[0] : args
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] }
  if (options.path === undefined) note('connect', typeof options.host === 'string' ? options.host : 'localhost')
  return connect.apply(this, args)
}
const send = dgram.Socket.prototype.send
dgram.Socket.prototype.send = function (...args) {
  note('send', args.filter((arg) => typeof arg === 'string').join(' '))
  return send.apply(this, args)
}
for (const owner of [dns, dns.promises, dns.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(owner)) {
    const original = owner[name]
    if (!/^(lookup|resolve|reverse)/.test(name) || typeof original !== 'function') continue
    owner[name] = function (host, ...rest) {
      note('lookup', host)
      return original.call(this, host, ...rest)
    }
  }

const { Worker } = threads
threads.Worker = class extends Worker {
  constructor(script, options = {}) {
    super(script, { ...options, execArgv: ['--require', __filename] })
    note('worker', String(script).replace(/.*\//, ''))
  }
}
syncBuiltinESMExports()
note('recording', 'begins')
