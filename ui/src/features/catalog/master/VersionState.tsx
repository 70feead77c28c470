import { CircleCheck, CircleOff } from 'lucide-react'
import { Badge } from '../../../shared/Badge'
import { useText } from '../../../shared/text'

/** Whether a version, or an atom by any of its versions, is in use. */
export function VersionState({ isActive }: { isActive: boolean }) {
  const { t } = useText()
  const Icon = isActive ? CircleCheck : CircleOff
  return (
    <Badge tone={isActive ? 'good' : 'plain'} icon={<Icon size={14} aria-hidden />}>
      {t(isActive ? 'catalog.version.active' : 'catalog.version.inactive')}
    </Badge>
  )
}
