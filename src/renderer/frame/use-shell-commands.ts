import { useRouter } from 'vue-router'
import type { ShellCommand } from '../../contract/shell.ts'
import { causeLink } from '../views/alerts/cause-link.ts'
import { useImport } from '../views/exchange/use-import.ts'
import { useDialogs } from './dialogs.ts'
import { useNotices } from './notices.ts'
import { pressKey } from './press-key.ts'
import { useShell } from './shell.ts'

/** Obeys the app's menu, its tray, links and notifications. */
export function useShellCommands(): void {
  const router = useRouter()
  const dialogs = useDialogs()
  const imports = useImport()
  const notices = useNotices()
  const desktop = useShell()

  function obey(command: ShellCommand): void {
    switch (command.kind) {
      case 'go':
        void router.push(command.place)
        break
      case 'cause':
        void router.push(causeLink(command.cause).to)
        break
      case 'open':
        if (command.what === 'import') imports.open = true
        else dialogs.open = command.what
        break
      case 'key':
        pressKey(command.key)
        break
      case 'notice':
        notices.say(command.words)
        break
      case 'update':
        dialogs.open = 'about'
        void desktop.update('look')
        break
      case 'changed':
        void desktop.read()
        break
    }
  }
  void desktop.listen(obey)
}
