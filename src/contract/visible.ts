/** For hosts, which show what they are told outside the page: on a terminal, in a menu, as a notification. */
export { visible, visibleLines } from '../model/visible.ts'
