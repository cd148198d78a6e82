import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './styles/tokens.css'
import './styles/base.css'
import './styles/floating.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { bridgeKey, connect } from './bridge/index.ts'
import { refused } from './frame/access.ts'
import { adoptTheme, themeKey } from './frame/theme.ts'
import { createColophonRouter } from './router.ts'

const bridge = connect(() => (refused.value = true))
// Asked before anything shows, so that the page never flashes in the other theme.
const theme = adoptTheme(await bridge.invoke('settings.read', {}))

createApp(App)
  .provide(bridgeKey, bridge)
  .provide(themeKey, theme)
  .use(createPinia())
  .use(createColophonRouter())
  .mount('#app')
