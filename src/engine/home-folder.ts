import { homedir, userInfo } from 'node:os'

/** The user's own folder. With `HOME=` set to nothing Node names none, and what is beside it would lie wherever the program was started. */
export function homeFolder(home: string = homedir()): string {
  return home === '' ? userInfo().homedir : home
}
