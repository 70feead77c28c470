import './domains.css'
import './list.css'
import { getRouteApi } from '@tanstack/react-router'
import { FileInput, FileOutput, Plus, Settings, Waypoints } from 'lucide-react'
import { useMemo } from 'react'
import type { DomainsPanel } from '../../app/search'
import { Button } from '../../shared/Button'
import { showDialog } from '../../shared/dialogs'
import { Filter } from '../../shared/Filter'
import { readSort } from '../../shared/gridSort'
import { Split } from '../../shared/Pane'
import { useText } from '../../shared/text'
import { useDebounced } from '../../shared/useDebounced'
import { useSearchText } from '../../shared/useSearchText'
import { AddDomainDialog } from './AddDomainDialog'
import { useDomainCounts } from './api'
import { Board } from './Board'
import { DomainList } from './DomainList'
import { DomainSearch } from './DomainSearch'
import { HandoverDialog } from './HandoverDialog'
import { DomainPane } from './pane/DomainPane'
import { GIVEN, queryOf } from './searchWords'
import { useDomainRows } from './useDomainRows'
import { WhoDialog } from './WhoDialog'

const route = getRouteApi('/domains')

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
        <Board />
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
      {search.panel === 'handover' && (
        <HandoverDialog
          query={found.query}
          matching={found.data?.matching ?? 0}
          total={found.data?.total ?? 0}
          onClose={() => open()}
        />
      )}
    </>
  )
}

/** What is asked and done beside the list. */
function Tools({ onOpen }: { onOpen: (panel: DomainsPanel) => void }) {
  const { t } = useText()
  return (
    <div className="tools">
      <Button
        icon={<Plus size={14} aria-hidden />}
        aria-label={t('add.open')}
        onPress={() => showDialog((close) => <AddDomainDialog onClose={close} />)}
        data-testid="domains-add"
      >
        {t('add.open')}
      </Button>
      <Button
        icon={<Waypoints size={14} aria-hidden />}
        aria-label={t('domains.who')}
        onPress={() => onOpen('who')}
        data-testid="domains-who"
      >
        {t('domains.who')}
      </Button>
      <Button
        icon={<FileOutput size={14} aria-hidden />}
        aria-label={t('domains.handover')}
        onPress={() => onOpen('handover')}
        data-testid="domains-handover"
      >
        {t('domains.handover')}
      </Button>
      <a className="button plain" href="#/domains/import" aria-label={t('domains.import')} data-testid="domains-import">
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
