import { ownZone } from '../../model/panels/zone.ts'

/** By whose clock days begin: that of who looks, which need not be the engine's. Asked anew each time, for people travel. */
export function withZone<Params extends object>(params: Params): Params & { readonly zone: string } {
  return { ...params, zone: ownZone() }
}
