import { CircleCheck, CirclePause, CircleX } from 'lucide-react'
import type { Tenant } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { useText } from '../../shared/text'

export function TenantState({ tenant }: { tenant: Tenant }) {
  const { t } = useText()
  if (!tenant.hasSchema) {
    return (
      <Badge tone="bad" icon={<CircleX size={14} aria-hidden />}>
        {t('state.no_schema')}
      </Badge>
    )
  }
  if (!tenant.isActive) {
    return (
      <Badge tone="note" icon={<CirclePause size={14} aria-hidden />}>
        {t('state.inactive')}
      </Badge>
    )
  }
  return (
    <Badge tone="good" icon={<CircleCheck size={14} aria-hidden />}>
      {t('state.active')}
    </Badge>
  )
}
