import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './styles/tokens.css'
import './styles/base.css'
import './styles/floating.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { bridgeKey, connect } from './bridge/index.ts'
import { keptSource, ofSource, sourceKey } from './bridge/of-source.ts'
import { refused } from './frame/access.ts'
import { adoptTheme, themeKey } from './frame/theme.ts'
import { createColophonRouter } from './router.ts'

const source = keptSource()
const bridge = ofSource(
  connect(() => (refused.value = true)),
  source,
)
// Asked before anything shows, so that the page never flashes in the other theme.
const theme = adoptTheme(await bridge.invoke('settings.read', {}))

createApp(App)
  .provide(bridgeKey, bridge)
  .provide(sourceKey, source)
  .provide(themeKey, theme)
  .use(createPinia())
  .use(createColophonRouter())
  .mount('#app')
