import { computed, inject, ref, watchEffect } from 'vue'
import type { InjectionKey, Ref } from 'vue'
import { usePreferredDark } from '@vueuse/core'
import type { Result } from '../../contract/result.ts'
import type { Settings } from '../../contract/settings.ts'
import { useBridge } from '../bridge/index.ts'

export type Theme = Settings['theme']

export const themeKey: InjectionKey<Ref<Theme>> = Symbol('theme')

/** Turns the page to the kept theme, and keeps it turned to whatever the returned ref says. */
export function adoptTheme(kept: Result<Settings>): Ref<Theme> {
  const theme = ref<Theme>(kept.ok ? kept.value.theme : 'system')
  const systemIsDark = usePreferredDark()
  const dark = computed(() => (theme.value === 'system' ? systemIsDark.value : theme.value === 'dark'))
  watchEffect(() => (document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light'))
  return theme
}

const order: readonly Theme[] = ['system', 'light', 'dark']

/** The theme, and the two ways to set it. What is set shows at once, and is kept by the engine. */
export function useTheme(): { theme: Ref<Theme>; set: (theme: Theme) => void; next: () => void } {
  const bridge = useBridge()
  const theme = inject(themeKey)
  if (!theme) throw new Error('No theme was provided.')
  const current = theme
  function set(chosen: Theme): void {
    current.value = chosen
    void bridge.invoke('settings.write', { theme: chosen })
  }
  const next = (): void => set(order[(order.indexOf(current.value) + 1) % order.length] ?? 'system')
  return { theme, set, next }
}
