import { useQuery } from '@tanstack/react-query'
import { call, commands, type Held, type ListedDomain } from '../../../ipc/client'

export type DomainHere = { row: ListedDomain; held: Held | null }

/** A domain as it is stored, and since when a tenant has it. Rows that no request matches are found by their exact name. */
export const useDomain = (domain: string) =>
  useQuery({
    queryKey: ['domain', domain],
    queryFn: async (): Promise<DomainHere | null> => {
      const page = await call(commands.findDomains({ text: domain, sort: 'domain', descending: false }, 0, LOOKED_AT))
      const row = page.rows.find((known) => known.domain === domain)
      if (!row) return null
      const [one] = await call(commands.inspectDomains(domain, null))
      return { row, held: one?.name?.stored === domain ? one.held : null }
    },
  })

/** Those that hold the name as a part of theirs are found too. */
const LOOKED_AT = 200
