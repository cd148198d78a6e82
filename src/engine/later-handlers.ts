/**
 * Handlers whose code is loaded when one of them is first asked, for most hosts and readers start and end without it: once, and again where
 * that failed.
 */
export function laterHandlers<N extends string, H extends Readonly<Record<N, (params: never) => Promise<unknown>>>>(
  names: readonly N[],
  load: () => Promise<H>,
): Pick<H, N> {
  let loading: Promise<H> | null = null
  const loaded = (): Promise<H> =>
    (loading ??= load().catch((error: unknown) => {
      loading = null
      throw error
    }))
  const later = (name: N) => async (params: never) => (await loaded())[name](params)
  return Object.fromEntries(names.map((name) => [name, later(name)])) as unknown as Pick<H, N>
}
