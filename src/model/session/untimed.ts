/** Of a session that nothing timed. */
export const oneMoment = 'all that was received of it is of one moment: nothing tells how long it took'

/** Whether so long a wall time is that of a single moment: how long it took is then not known, and never 0. */
export function isUntimed(wallMs: number): boolean {
  return wallMs === 0
}
