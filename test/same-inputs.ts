import { configureGlobal } from 'fast-check'

/**
 * Made-up inputs are the same in every run: a rare one that fails would stop a change that has nothing to do with it. `FAST_CHECK_SEED` draws others,
 * for who looks for them; what it finds becomes a test of its own.
 */
configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_130) })
