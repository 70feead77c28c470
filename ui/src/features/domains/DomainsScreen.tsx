import './domains.css'
import './list.css'
import { getRouteApi } from '@tanstack/react-router'
import { FileInput, FileOutput, Plus, Settings, Waypoints } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import type { DomainsPanel } from '../../app/search'
import { Button } from '../../shared/Button'
import { showDialog } from '../../shared/dialogs'
import { Filter } from '../../shared/Filter'
import { readSort } from '../../shared/gridSort'
import { Split } from '../../shared/Pane'
import { Loading } from '../../shared/states'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { useSearchText } from '../../shared/useSearchText'
import { AddDomainDialog } from './AddDomainDialog'
import { useDomainCounts } from './api'
import { DomainList } from './DomainList'
import { DomainSearch } from './DomainSearch'
import { HandoverDialog } from './HandoverDialog'
import { DomainPane } from './pane/DomainPane'
import { GIVEN, queryOf } from './searchWords'
import { useDomainRows } from './useDomainRows'
import { WhoDialog } from './WhoDialog'

const route = getRouteApi('/domains')
/** Dragging weighs as much as all the rest, and the list should be there at once. */
const Board = lazy(() => import('./Board').then((module) => ({ default: module.Board })))

/** All domains of the platform: as a list, or those of two tenants side by side. */
export function DomainsScreen() {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const { column, desc } = readSort(search, GIVEN)
  const settled = useDebounced(text, 60)
  const query = useMemo(() => queryOf(settled, { column, desc }), [settled, column, desc])
  const found = useDomainRows(query)
  const counts = useDomainCounts().data
  const open = (panel?: DomainsPanel) => void navigate({ search: (old) => ({ ...old, panel }) })
  const isBoard = search.by === 'tenant'
  const list = (
    <>
      <div className="toolbar">
        <Filter
          label={t('domains.by')}
          options={[
            { id: 'all', text: t('domains.by.all') },
            { id: 'tenant', text: t('domains.by.tenant') },
          ]}
          value={search.by ?? 'all'}
          onChange={(by) => void navigate({ search: (old) => ({ ...old, by: by === 'tenant' ? by : undefined }) })}
        />
        {!isBoard && <DomainSearch text={text} onText={setText} counts={counts} />}
        <span className="grow" />
        <Tools onOpen={open} />
      </div>
      {isBoard ? (
        <Suspense fallback={<Loading />}>
          <Board />
        </Suspense>
      ) : (
        <DomainList found={found} counts={counts} sort={{ column, desc }} text={text} onText={setText} />
      )}
    </>
  )
  const { domain } = search
  const pane =
    domain === undefined ? null : (
      <DomainPane
        domain={domain}
        onClose={() => void navigate({ search: ({ domain: _, ...old }) => old, replace: true })}
      />
    )
  return (
    <>
      <Split label={t('nav.domains')} list={list} pane={pane} />
      {search.panel === 'who' && <WhoDialog onClose={() => open()} />}
      {search.panel === 'handover' && <HandoverDialog query={found.query} page={found.data} onClose={() => open()} />}
    </>
  )
}

const PANELS = [
  { panel: 'who', icon: Waypoints },
  { panel: 'handover', icon: FileOutput },
] as const

/** What is asked and done beside the list. Where there is little room, only the icons stay. */
function Tools({ onOpen }: { onOpen: (panel: DomainsPanel) => void }) {
  const { t } = useText()
  return (
    <div className="tools">
      <span title={t('add.open')}>
        <Button
          icon={<Plus size={14} aria-hidden />}
          aria-label={t('add.open')}
          onPress={() => showDialog((close) => <AddDomainDialog onClose={close} />)}
          data-testid="domains-add"
        >
          {t('add.open')}
        </Button>
      </span>
      {PANELS.map(({ panel, icon: Icon }) => (
        <span key={panel} title={t(`domains.${panel}`)}>
          <Button
            icon={<Icon size={14} aria-hidden />}
            aria-label={t(`domains.${panel}`)}
            onPress={() => onOpen(panel)}
            data-testid={`domains-${panel}`}
          >
            {t(`domains.${panel}`)}
          </Button>
        </span>
      ))}
      <a
        className="button plain"
        href="#/domains/import"
        aria-label={t('domains.import')}
        title={t('domains.import')}
        data-testid="domains-import"
      >
        <FileInput size={14} aria-hidden />
        <span className="button-text">{t('domains.import')}</span>
      </a>
      <a
        className="button plain icon-only"
        href="#/domains/settings"
        aria-label={t('domains.settings')}
        title={t('domains.settings')}
        data-testid="domains-settings"
      >
        <Settings size={14} aria-hidden />
      </a>
    </div>
  )
}
