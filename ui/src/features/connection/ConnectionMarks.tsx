import './connection.css'
import { useNavigate } from '@tanstack/react-router'
import { Lock, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { ReadOnly, Tls } from '../../ipc/client'
import { Button as OurButton } from '../../shared/Button'
import { readOnlyWords } from '../../shared/readOnlyWords'
import { useText } from '../../shared/text'
import { useStatus } from './api'

/** What nobody may forget while a platform is open: that nothing can be written, and that somebody could read along. */
export function ConnectionMarks() {
  const status = useStatus().data
  if (!status) return null
  const { readOnly, place } = status
  return (
    <>
      {readOnly && <ReadOnlyMark reason={readOnly} />}
      {place.place === 'server' && place.reason !== null && <TlsMark mode={place.tls} reason={place.reason} />}
    </>
  )
}

function ReadOnlyMark({ reason }: { reason: ReadOnly }) {
  const text = useText()
  const { t } = text
  const navigate = useNavigate()
  return (
    <Mark
      icon={<Lock size={14} aria-hidden />}
      label={t('mark.read_only')}
      more={t(`mark.read_only.${reason.why}`)}
      testId="mark-read-only"
    >
      {(close) => (
        <>
          <p className="mark-title">{t('mark.read_only.title')}</p>
          <p className="wrap">{readOnlyWords(text, reason)}</p>
          {reason.why === 'new_columns' && (
            <div className="chip-actions">
              <OurButton
                onPress={() => {
                  close()
                  void navigate({ to: '/connect' })
                }}
              >
                {t('mark.read_only.again')}
              </OurButton>
            </div>
          )}
        </>
      )}
    </Mark>
  )
}

function TlsMark({ mode, reason }: { mode: Tls; reason: string }) {
  const { t } = useText()
  return (
    <Mark icon={<ShieldAlert size={14} aria-hidden />} label={t(`tls.${mode}`)} more={reason} testId="mark-tls">
      {() => (
        <>
          <p className="mark-title">
            {t(`tls.${mode}`)} <span className="muted">{mode}</span>
          </p>
          <p>{t(`tls.${mode}.hint`)}</p>
          <p className="muted">{t('mark.tls.reason')}</p>
          <p className="wrap selectable">
            <bdi>{reason}</bdi>
          </p>
        </>
      )}
    </Mark>
  )
}

type MarkProps = {
  icon: ReactNode
  label: string
  more: string
  testId: string
  children: (close: () => void) => ReactNode
}

function Mark({ icon, label, more, testId, children }: MarkProps) {
  return (
    <DialogTrigger>
      <Button className="mark" data-testid={testId}>
        {icon}
        <span className="mark-label">{label}</span>
        <bdi className="cut mark-more">{more}</bdi>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Dialog className="chip-card" aria-label={label}>
          {({ close }) => children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
