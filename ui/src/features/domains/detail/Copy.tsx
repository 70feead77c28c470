import { Check, Copy, CopyX } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Button } from '../../../shared/Button'
import { useText } from '../../../shared/text'
import { useCopied } from './useCopied'

const ICONS = { copied: Check, uncopied: CopyX, ready: Copy }

/** A text that is copied by pressing it. */
export function CopyText({ text, ...rest }: { text: string; 'data-testid'?: string }) {
  const { t } = useText()
  const [said, copy] = useCopied()
  const Icon = ICONS[said ?? 'ready']
  return (
    <>
      <AriaButton className={`copy-text ${said ?? ''}`} onPress={() => void copy(text)} {...rest}>
        <bdi className="mono wrap">
          <Broken text={text} />
        </bdi>
        <span className="hidden-visually">{t('world.copy')}</span>
        <Icon size={12} aria-hidden />
      </AriaButton>
      <Said said={said} />
    </>
  )
}

/** Shorter texts stay whole: an address is read at once. */
const SHORT = 15

/** Names break at their dots, before they break anywhere. */
function Broken({ text }: { text: string }) {
  if (text.length <= SHORT) return text
  return text.split(/(?<=[.=])/).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

type Props = { text: string; variant?: 'plain' | 'primary'; children: ReactNode; 'data-testid': string }

/** A button that copies a text of several lines. */
export function CopyAll({ text, children, ...rest }: Props) {
  const { t } = useText()
  const [said, copy] = useCopied()
  const Icon = ICONS[said ?? 'ready']
  return (
    <>
      <Button icon={<Icon size={14} />} onPress={() => void copy(text)} {...rest}>
        {said ? t(`world.${said}`) : children}
      </Button>
      <Said said={said} />
    </>
  )
}

function Said({ said }: { said: 'copied' | 'uncopied' | null }) {
  const { t } = useText()
  return (
    <span className="hidden-visually" role="status">
      {said && t(`world.${said}`)}
    </span>
  )
}
