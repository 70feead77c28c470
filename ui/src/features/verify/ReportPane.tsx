import { getRouteApi, Link } from '@tanstack/react-router'
import type { TenantReport } from '../../ipc/client'
import { Name } from '../../shared/Name'
import { Pane } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { VerdictMark } from '../../shared/VerdictMark'
import { CheckList } from './CheckList'

const route = getRouteApi('/verify')

/** What was seen of one tenant. */
export function ReportPane({ report: { tenant, verdict, checks } }: { report: TenantReport }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  return (
    <Pane
      label={t('verify.title')}
      title={<Name>{tenant.name}</Name>}
      subtitle={
        <>
          <VerdictMark verdict={verdict} />
          <Name mono>{tenant.schema}</Name>
          <Link to="/tenants" search={{ tenant: tenant.schema }}>
            {t('verify.open')}
          </Link>
        </>
      }
      onClose={() => void navigate({ search: ({ tenant: _, ...old }) => old })}
      data-testid="verify-detail"
    >
      <div className="checks-top">
        <CheckList checks={checks} />
      </div>
    </Pane>
  )
}
