import { serve } from './headless.mjs'

/** `npm run serve -- …` */
serve(process.argv.slice(2))
