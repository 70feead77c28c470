import { useQuery } from '@tanstack/react-query'
import { call, commands, type Intent, type TenantRetirement } from '../../../ipc/client'
import { Loaded } from '../../../shared/Loaded'
import { useText } from '../../../shared/text'
import { ChangeList } from '../../plan/ChangeList'
import { References } from './UsageView'

/** What retiring an atom comes to in one tenant: what refers to it, and the plan or why there is none. */
export function RetiredTenant({ tenant: { schema, references, item, refused } }: { tenant: TenantRetirement }) {
  const { t } = useText()
  return (
    <section className="pane-section stack retired-tenant" aria-label={schema} data-testid="retire-tenant">
      {refused !== null && <p className="wrap selectable">{refused}</p>}
      {item && <TenantPlan intent={item.intent} />}
      <h3 className="plan-heading">{t('usage.references')}</h3>
      <References references={references} />
    </section>
  )
}

function TenantPlan({ intent }: { intent: Intent }) {
  const plan = useQuery({
    queryKey: ['plan', intent],
    queryFn: () => call(commands.plan(intent)),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return <Loaded query={plan}>{({ changes }) => <ChangeList changes={changes} />}</Loaded>
}
