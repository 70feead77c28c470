import { useNavigate } from '@tanstack/react-router'
import { FileSpreadsheet, Keyboard, Plus } from 'lucide-react'
import { ConnectionChip } from '../features/connection/ConnectionChip'
import { ConnectionMarks } from '../features/connection/ConnectionMarks'
import { Button } from '../shared/Button'
import { useText } from '../shared/text'
import { openKeys } from './hotkeys'
import { Running } from './Running'
import { ThemeMenu } from './ThemeMenu'

export function TopBar() {
  const { t } = useText()
  const navigate = useNavigate()
  const create = () => void navigate({ to: '/tenants', search: (old) => ({ q: old.q, panel: 'new' as const }) })
  return (
    <header className="topbar">
      <ConnectionChip />
      <ConnectionMarks />
      <Running />
      <span className="grow" />
      <ThemeMenu />
      <Button
        variant="quiet"
        icon={<Keyboard size={16} />}
        aria-label={t('keys.open')}
        onPress={openKeys}
        data-testid="keys"
      />
      <Button
        icon={<FileSpreadsheet size={14} />}
        onPress={() => void navigate({ to: '/tenants/csv' })}
        data-testid="new-many"
      >
        {t('many.open')}
      </Button>
      <Button icon={<Plus size={14} />} onPress={create} data-testid="new-tenant">
        {t('nav.new')}
      </Button>
    </header>
  )
}
