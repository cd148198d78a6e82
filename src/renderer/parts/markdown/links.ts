import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

const linksKey: InjectionKey<(address: string) => void> = Symbol('links')

/** The address that was clicked in a text of others, until somebody decided. */
export function provideLinks(): Ref<string | null> {
  const asked = ref<string | null>(null)
  provide(linksKey, (address) => (asked.value = address))
  return asked
}

export function useLinks(): (address: string) => void {
  return inject(linksKey, () => undefined)
}
