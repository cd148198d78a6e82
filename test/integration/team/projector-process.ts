import { openProjector, type ProjectorOptions } from '../../../src/team/projection/project.ts'

/** One time of a projector in a process of its own, as its argument says in JSON: what may be killed. */
const projector = await openProjector(JSON.parse(process.argv[2] ?? '') as ProjectorOptions)
await projector.run()
await projector.close()
