import './heat.css'
import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { FleetState, HeatMap } from '../../../../ipc/client'
import { Loaded } from '../../../../shared/Loaded'
import { SearchField } from '../../../../shared/SearchField'
import { Empty, NoMatch } from '../../../../shared/states'
import { useText } from '../../../../shared/text'
import { useSearchText } from '../../../../shared/useSearchText'
import { useHeatMap } from '../api'
import { HeatGrid } from './HeatGrid'
import { HEAT_STATES, SIGNS } from './states'

const route = getRouteApi('/catalog/fleet')

/** Where it hurts: atoms by tenants, the worst first. */
export function HeatMapView({ fleet }: { fleet: FleetState }) {
  const { release } = route.useSearch()
  const map = useHeatMap(release)
  return <Loaded query={map}>{(data) => <Heat map={data} fleet={fleet} />}</Loaded>
}

function Heat({ map, fleet }: { map: HeatMap; fleet: FleetState }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const names = useMemo(() => new Map(fleet.tenants.map(({ schema, name }) => [schema, name])), [fleet])
  const tenants = useMemo(
    () => map.tenants.map((schema) => ({ schema, name: names.get(schema) ?? schema })),
    [map, names],
  )
  const atoms = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return wanted ? map.atoms.filter(({ slug }) => slug.toLowerCase().includes(wanted)) : map.atoms
  }, [map, text])
  const onOpen = useCallback(
    (tenant: string, atom: string | undefined) =>
      void navigate({ search: ({ panel: _, ...old }) => ({ ...old, tenant, atom }) }),
    [navigate],
  )
  if (map.atoms.length === 0) {
    return (
      <Empty title={t('heat.none')} art={<CircleCheck size={24} strokeWidth={1.5} />}>
        {t('heat.none.text')}
      </Empty>
    )
  }
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('heat.search')} value={text} onChange={setText} />
        <ul className="heat-legend" aria-label={t('heat.legend')}>
          {HEAT_STATES.map((state) => (
            <li key={state}>
              <span className={`heat-swatch ${state}`} aria-hidden>
                {SIGNS[state]}
              </span>
              {t(`heat.state.${state}`)}
            </li>
          ))}
        </ul>
        <span className="grow" />
        <span className="toolbar-count spare" role="status">
          {t('heat.size', { atoms: atoms.length, tenants: tenants.length })}
        </span>
      </div>
      <div className="list-body">
        {atoms.length === 0 ? (
          <NoMatch query={text} text={t('heat.nomatch')} onClear={() => setText('')} />
        ) : (
          <HeatGrid
            label={t('heat.title')}
            tenants={tenants}
            atoms={atoms}
            open={search.tenant}
            atom={search.atom}
            onOpen={onOpen}
          />
        )}
      </div>
    </>
  )
}
