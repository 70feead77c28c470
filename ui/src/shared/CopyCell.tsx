import { CopyButton } from './SqlText'
import { useText } from './text'

/** A cell of a record, to be copied by itself. */
export function CopyCell({ label, text }: { label: string; text: string }) {
  const { t } = useText()
  return (
    <div className="copy-cell">
      <dt>{label}</dt>
      <dd>
        <bdi className="mono wrap selectable">{text}</bdi>
        <CopyButton text={text} label={t('proof.copy', { what: label })} isQuiet />
      </dd>
    </div>
  )
}
