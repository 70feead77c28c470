import type { ReactNode } from 'react'
import { ErrorView } from '../../shared/ErrorView'
import { Pane } from '../../shared/Pane'
import { useText } from '../../shared/text'

type Props = {
  subtitle?: ReactNode
  actions?: ReactNode
  footer?: ReactNode
  /** Why no file could be chosen. */
  failure: unknown
  onClose: () => void
  children?: ReactNode
}

/** What stands around a file, whatever can be said of it. */
export function ManyFrame({ failure, children, ...pane }: Props) {
  const { t } = useText()
  return (
    <div className="many">
      <h1 className="hidden-visually">{t('many.title')}</h1>
      <Pane label={t('many.title')} title={t('many.title')} data-testid="many-screen" {...pane}>
        {failure !== null && (
          <div className="pane-section">
            <ErrorView error={failure} />
          </div>
        )}
        {children}
      </Pane>
    </div>
  )
}

export type FrameProps = Omit<Props, 'children' | 'footer'>
