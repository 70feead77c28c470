import { getRouteApi, Link } from '@tanstack/react-router'
import { RefreshCw, X } from 'lucide-react'
import type { FleetState, TenantCopy } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Loaded } from '../../../shared/Loaded'
import { Name } from '../../../shared/Name'
import { OwnerLink } from '../../../shared/OwnerLink'
import { Pane } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { useCopyDifference } from './api'
import { CopyMark } from './CopyMark'
import { CopyRows } from './CopyRows'
import { ReceiptList } from './ReceiptList'

const route = getRouteApi('/catalog/fleet')

/** One tenant's copy, row by row against a release, and what was done to it before. */
export function CopyPane({ schema, fleet }: { schema: string; fleet: FleetState }) {
  const { t } = useText()
  const { atom, release } = route.useSearch()
  const navigate = route.useNavigate()
  const copy = fleet.tenants.find((known) => known.schema === schema)
  const difference = useCopyDifference(schema, release)
  const number = fleet.release ?? 0
  return (
    <Pane
      label={t('copy.title')}
      title={<Name>{copy?.name ?? schema}</Name>}
      subtitle={<Subtitle schema={schema} copy={copy} />}
      onClose={() => void navigate({ search: ({ tenant: _, atom: __, ...old }) => old })}
      footer={
        <>
          <OwnerLink owner={{ schema, name: t('copy.open') }} />
          <span className="grow" />
          <Link
            to="/catalog/fleet/sync"
            search={{ one: schema, release, rows: 'all' }}
            className="button plain"
            data-testid="sync-one"
          >
            <RefreshCw size={14} aria-hidden />
            <span className="button-text">{t('fleet.sync')}</span>
          </Link>
        </>
      }
      data-testid="copy-detail"
    >
      {atom !== undefined && (
        <p className="pane-section row" data-testid="copy-atom">
          <span className="grow wrap">{t('copy.atom', { atom })}</span>
          <Button
            variant="quiet"
            icon={<X size={14} />}
            onPress={() => void navigate({ search: ({ atom: _, ...old }) => old })}
            data-testid="copy-atom-clear"
          >
            {t('copy.atom.clear')}
          </Button>
        </p>
      )}
      <Loaded query={difference}>{(rows) => <CopyRows rows={rows} atom={atom} release={number} />}</Loaded>
      <ReceiptList schema={schema} />
    </Pane>
  )
}

function Subtitle({ schema, copy }: { schema: string; copy: TenantCopy | undefined }) {
  const { t, time } = useText()
  return (
    <>
      <Name mono>{schema}</Name>
      {copy && <CopyMark state={copy.state} />}
      <span className="muted">
        {copy?.release == null ? t('copy.never') : t('copy.at', { number: copy.release })}
        {copy?.comparedAt && `, ${t('copy.compared', { time: time(copy.comparedAt) })}`}
      </span>
    </>
  )
}
