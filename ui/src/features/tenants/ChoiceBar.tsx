import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { RefreshCw, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { call, commands, type Report, type Tenant } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { useTask } from '../../shared/tasks'
import { useText } from '../../shared/text'
import { ACTION_ICONS } from './ActionMenu'
import { chooseNone, useChosen } from './chosen'

const route = getRouteApi('/tenants')
const MANY = ['suspend', 'resume', 'delete'] as const

type Props = { tenants: Tenant[]; shown: Tenant[]; isFiltered: boolean }

/** Exactly what is selected, and what can be done with it. */
export function ChoiceBar({ tenants, shown, isFiltered }: Props) {
  const { t } = useText()
  const chosen = useChosen()
  const navigate = route.useNavigate()
  const go = useNavigate()
  const verify = useTask<Report>('verify')
  const schemas = useMemo(() => schemasOf(tenants, chosen), [tenants, chosen])
  const inFilter = useMemo(() => schemasOf(shown, chosen).length, [shown, chosen])
  const count = schemas.length
  if (count === 0) return null
  const words = () => {
    const outside = count - inFilter
    if (outside > 0) return t('choice.outside', { count, total: tenants.length, outside })
    if (inFilter < shown.length) return t('choice.some', { count, total: tenants.length })
    return isFiltered ? t('choice.filter', { count }) : t('choice.all', { count })
  }
  const onVerify = () => {
    void verify.start((id, progress) => call(commands.verify(id, schemas, progress)), schemas)
    void go({ to: '/verify' })
  }
  return (
    <section className="choice-bar" aria-label={t('choice.bar')} data-testid="choice-bar">
      <span className="choice-words" role="status" data-testid="choice-words">
        {words()}
      </span>
      <Button icon={<ShieldCheck size={14} />} onPress={onVerify} data-testid="choice-verify">
        {t('choice.verify')}
      </Button>
      <Link to="/catalog/fleet/sync" search={{ of: 'chosen' }} className="button plain" data-testid="choice-sync">
        <RefreshCw size={14} aria-hidden />
        <span className="button-text">{t('choice.sync')}</span>
      </Link>
      {MANY.map((action) => {
        const Icon = ACTION_ICONS[action]
        return (
          <Button
            key={action}
            icon={<Icon size={14} />}
            onPress={() => void navigate({ search: ({ step: _, ...old }) => ({ ...old, panel: action }) })}
            data-testid={`choice-${action}`}
          >
            {t(`choice.${action}`)}
          </Button>
        )
      })}
      <Button variant="quiet" onPress={chooseNone} data-testid="choice-clear">
        {t('choice.clear')}
      </Button>
    </section>
  )
}

/** Those that are there still, in the order of the list. */
export const schemasOf = (tenants: Tenant[], chosen: ReadonlySet<string>) =>
  chosen.size === 0 ? [] : tenants.filter(({ schema }) => chosen.has(schema)).map(({ schema }) => schema)
