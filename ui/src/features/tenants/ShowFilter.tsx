import { getRouteApi } from '@tanstack/react-router'
import { TENANTS_SHOWN } from '../../app/search'
import { Filter } from '../../shared/Filter'
import { useText } from '../../shared/text'

const route = getRouteApi('/tenants')

/** Which tenants are shown; the deleted ones are a list of their own. */
export function ShowFilter({ deleted }: { deleted: number }) {
  const { t } = useText()
  const { show } = route.useSearch()
  const navigate = route.useNavigate()
  const options = ['all' as const, ...TENANTS_SHOWN].map((id) => ({
    id,
    text:
      id === 'deleted' && deleted > 0 ? t('tenants.show.deleted.count', { count: deleted }) : t(`tenants.show.${id}`),
  }))
  return (
    <Filter
      label={t('tenants.show')}
      options={options}
      value={show ?? 'all'}
      onChange={(id) =>
        void navigate({
          search: ({ trash: _, ...old }) => ({ ...old, show: TENANTS_SHOWN.find((known) => known === id) }),
        })
      }
    />
  )
}
