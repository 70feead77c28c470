import { getRouteApi, Link } from '@tanstack/react-router'
import { RefreshCw, ScanSearch } from 'lucide-react'
import { useMemo } from 'react'
import type { TenantCopy } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { useText } from '../../../shared/text'
import { chooseNone, useChosen } from '../../tenants/chosen'
import { useComparison } from './api'

const route = getRouteApi('/catalog/fleet')

type Props = { tenants: TenantCopy[]; shown: TenantCopy[] }

/** Which tenants are selected, and what can be done with their copies. */
export function CopyChoice({ tenants, shown }: Props) {
  const { t } = useText()
  const { release } = route.useSearch()
  const chosen = useChosen()
  const { task, compare } = useComparison(release)
  const schemas = useMemo(
    () => (chosen.size === 0 ? [] : tenants.flatMap(({ schema }) => (chosen.has(schema) ? [schema] : []))),
    [tenants, chosen],
  )
  const count = schemas.length
  if (count === 0) return null
  const outside = count - shown.filter(({ schema }) => chosen.has(schema)).length
  const values = { count, total: tenants.length, outside }
  return (
    <section className="choice-bar" aria-label={t('choice.bar')} data-testid="choice-bar">
      <span className="choice-words" role="status">
        {t(outside > 0 ? 'choice.outside' : 'choice.some', values)}
      </span>
      <Button
        icon={<ScanSearch size={14} />}
        isDisabled={task.status === 'running'}
        onPress={() => compare(schemas)}
        data-testid="compare-chosen"
      >
        {t('fleet.compare')}
      </Button>
      <Link
        to="/catalog/fleet/sync"
        search={{ of: 'chosen', release }}
        className="button plain"
        data-testid="sync-chosen"
      >
        <RefreshCw size={14} aria-hidden />
        <span className="button-text">{t('fleet.sync')}</span>
      </Link>
      <Button variant="quiet" onPress={chooseNone} data-testid="choice-clear">
        {t('choice.clear')}
      </Button>
    </section>
  )
}
