import { Link } from '@tanstack/react-router'
import type { Owner } from '../ipc/client'

type Props = { owner: Owner; tab?: 'verify'; taken?: boolean }

/** A tenant by name, leading to its page. */
export function OwnerLink({ owner, tab, taken }: Props) {
  return (
    <Link
      to="/tenants"
      search={{ tenant: owner.schema, tab }}
      title={owner.schema}
      data-testid={taken ? 'taken-owner-link' : undefined}
    >
      <bdi>{owner.name}</bdi>
    </Link>
  )
}
