import './detail.css'
import { Link } from '@tanstack/react-router'
import { ChevronDown, Radar } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import { Button } from '../../../shared/Button'
import { Dialog } from '../../../shared/Dialog'
import { ErrorView } from '../../../shared/ErrorView'
import { Spinner } from '../../../shared/Spinner'
import { useText } from '../../../shared/text'
import { useCheckAll } from './api'

const WHICH = ['due', 'every'] as const

/** Looks at many domains as a job, and leads to it. */
export function CheckAll() {
  const { t } = useText()
  const check = useCheckAll()
  return (
    <span className="row check-all">
      <MenuTrigger>
        <Button
          icon={check.isPending ? <Spinner small /> : <Radar size={14} />}
          isDisabled={check.isPending}
          aria-label={t('world.all')}
          data-testid="check-all"
        >
          {t('world.all')} <ChevronDown size={12} aria-hidden />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('world.all.label')} onAction={(which) => check.mutate(which === 'due')}>
            {WHICH.map((which) => (
              <MenuItem
                key={which}
                id={which}
                className="menu-item two"
                textValue={t(`world.all.${which}`)}
                data-testid={`check-all-${which}`}
              >
                <Text slot="label">{t(`world.all.${which}`)}</Text>
                <Text slot="description" className="small muted">
                  {t(`world.all.${which}.text`)}
                </Text>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <span role="status" className="small muted" data-testid="check-all-said">
        {check.isSuccess &&
          (check.data ? (
            <>
              {t('world.all.started')}{' '}
              <Link to="/jobs" search={{ job: check.data }}>
                {t('world.all.job')}
              </Link>
            </>
          ) : (
            t('world.all.none')
          ))}
      </span>
      <Dialog title={t('world.all.label')} isOpen={check.isError} onClose={check.reset}>
        <div className="pane-section">
          <ErrorView error={check.error} />
        </div>
        <footer className="pane-foot">
          <Button onPress={check.reset}>{t('app.close')}</Button>
        </footer>
      </Dialog>
    </span>
  )
}
