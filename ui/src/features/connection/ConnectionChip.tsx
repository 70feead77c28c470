import './connection.css'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, Server } from 'lucide-react'
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { Status } from '../../ipc/client'
import { Button as OurButton } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Name } from '../../shared/Name'
import { useText } from '../../shared/text'
import { useStatus, useUsePrivateServer } from './api'
import { LeaveDialog } from './LeaveDialog'

/** Where one is: which server, which database. */
export function ConnectionChip() {
  const { t } = useText()
  const status = useStatus().data
  const [isLeaving, setLeaving] = useState(false)
  if (!status) return null
  const place = status.place.place === 'private' ? t('chip.private') : `${status.place.host}:${status.place.port}`
  const version = status.serverVersion
  return (
    <>
      <DialogTrigger>
        <Button className="chip" data-testid="connection-chip">
          <Server size={14} aria-hidden />
          <bdi className="cut chip-place">{place}</bdi>
          <bdi className="cut mono">{status.database}</bdi>
          <span className="chip-version">{t('chip.version.value', { version })}</span>
          <ChevronDown size={12} aria-hidden />
        </Button>
        <Popover className="popover" placement="bottom start">
          <Dialog className="chip-card" aria-label={place}>
            {({ close }) => <Card status={status} place={place} close={close} onLeave={() => setLeaving(true)} />}
          </Dialog>
        </Popover>
      </DialogTrigger>
      {isLeaving && <LeaveDialog status={status} onClose={() => setLeaving(false)} />}
    </>
  )
}

type CardProps = { status: Status; place: string; close: () => void; onLeave: () => void }

function Card({ status, place, close, onLeave }: CardProps) {
  const { t } = useText()
  const navigate = useNavigate()
  const { mutate: usePrivate, isPending, error } = useUsePrivateServer()
  const isPrivate = status.place.place === 'private'
  const rows = [
    [t('chip.place'), place],
    [t('chip.version'), t('chip.version.value', { version: status.serverVersion })],
    [t('chip.database'), status.database],
    [t('chip.user'), status.user],
    ...(status.place.place === 'private' ? [[t('chip.folder'), status.place.dataDir]] : []),
    [
      t('chip.size'),
      t('chip.size.value', { tenants: status.tenants, domains: status.domains, atoms: status.catalog.atoms }),
    ],
  ]
  return (
    <>
      <dl className="facts">
        {rows.map(([term = '', value = '']) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="wrap">
              <Name>{value}</Name>
            </dd>
          </div>
        ))}
      </dl>
      {error && <ErrorView error={error} />}
      <div className="chip-actions">
        <OurButton
          onPress={() => {
            close()
            void navigate({ to: '/connect' })
          }}
          data-testid="chip-connect"
        >
          {t('chip.connect')}
        </OurButton>
        {!isPrivate && (
          <OurButton
            isDisabled={isPending}
            onPress={() => usePrivate(undefined, { onSuccess: close })}
            data-testid="chip-private"
          >
            {t('chip.use_private')}
          </OurButton>
        )}
        {!isPrivate && (
          <OurButton
            variant="quiet"
            onPress={() => {
              close()
              onLeave()
            }}
            data-testid="chip-leave"
          >
            {t('leave.open')}
          </OurButton>
        )}
      </div>
    </>
  )
}
