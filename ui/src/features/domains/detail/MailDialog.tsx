import type { DomainDetail } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Dialog } from '../../../shared/Dialog'
import { useText } from '../../../shared/text'
import { CopyAll, CopyText } from './Copy'
import { mail } from './mail'

/** A letter that is ready to be sent. */
export function MailDialog({ detail, onClose }: { detail: DomainDetail; onClose: () => void }) {
  const text = useText()
  const { t } = text
  const { subject, body } = mail(text, detail)
  return (
    <Dialog title={t('mail.title')} isOpen onClose={onClose}>
      <div className="mail">
        <div className="row">
          <span className="small muted">{t('mail.subject')}</span>
          <CopyText text={subject} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
        <section className="mail-body" tabIndex={0} aria-label={t('mail.body')}>
          <pre className="mono selectable" data-testid="mail-body">
            {body}
          </pre>
        </section>
      </div>
      <footer className="pane-foot">
        <Button onPress={onClose}>{t('mail.close')}</Button>
        <CopyAll text={body} data-testid="copy-mail">
          {t('mail.copy')}
        </CopyAll>
      </footer>
    </Dialog>
  )
}
