import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Intent, ListedDomain, Owner } from '../../ipc/client'
import { showDialog } from '../../shared/dialogs'
import { returnFocus } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { PlanDialog } from '../plan/PlanDialog'
import { forgetChosen, unchoose } from './chosen'
import { MoveDialog } from './MoveDialog'

/** What can be done with domains. Whatever is written is shown as a plan first. */
export function useDomainActions() {
  const { rich } = useText()
  const navigate = useNavigate()
  return useMemo(() => {
    const plan = (
      title: 'domain.remove.title' | 'domain.primary.title',
      intent: Intent,
      { name }: Owner,
      onApplied?: () => void,
    ) =>
      showDialog((close) => (
        <PlanDialog
          title={rich(title, { name: <bdi key="name">{name}</bdi> })}
          intent={intent}
          name={name}
          slot="domains"
          onClose={close}
          onApplied={onApplied}
        />
      ))
    return {
      /** To a tenant, or to one that is asked for. Whichever way they were chosen, it is the same request. */
      move: (domains: string[], to?: string, onMoved = forgetChosen) => {
        const from = document.activeElement
        showDialog((close) => (
          <MoveDialog
            domains={domains.toSorted()}
            to={to}
            onClose={() => {
              close()
              returnFocus(from)
            }}
            onMoved={onMoved}
          />
        ))
      },
      makePrimary: ({ domain, owner }: ListedDomain) =>
        plan('domain.primary.title', { intent: 'make_primary', request: { domain } }, owner),
      remove: ({ domain, owner }: ListedDomain) =>
        plan('domain.remove.title', { intent: 'remove_domain', request: { domain } }, owner, () => unchoose(domain)),
      openTenant: ({ schema }: Owner) => void navigate({ to: '/tenants', search: { tenant: schema } }),
    }
  }, [rich, navigate])
}
