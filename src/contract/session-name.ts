/** For hosts: what a session is called. */
export { lastOf, sessionName } from '../model/session/name.ts'
