/** For hosts: what a session is called, as its user named it or by its title. */
export { calledBy } from '../model/session/by-user.ts'
