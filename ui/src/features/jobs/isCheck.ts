import type { Job } from '../../ipc/client'

/** Looks at the world are no operations on tenants: an item is a round of domains, and there is nothing to take back. */
export const isCheck = ({ kind }: Job) => kind === 'domain.check'
