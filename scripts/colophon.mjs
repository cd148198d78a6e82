import { colophon } from './headless.mjs'

/** `npm run colophon -- …` */
colophon(process.argv.slice(2))
