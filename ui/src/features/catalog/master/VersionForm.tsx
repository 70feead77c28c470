import '../../../shared/check.css'
import { Check, ChevronRight, CopyPlus, Lock, Trash2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox, Button as Toggle } from 'react-aria-components'
import type { Problem } from '../../../ipc/client'
import { Badge } from '../../../shared/Badge'
import { Button } from '../../../shared/Button'
import { Field } from '../../../shared/Field'
import { Notice } from '../../../shared/Notice'
import { useText } from '../../../shared/text'
import { isTouched, type VersionDraft } from './draft'
import { SchemaField } from './SchemaField'
import { VersionState } from './VersionState'

type Props = {
  draft: VersionDraft
  isOpen: boolean
  onToggle: () => void
  isRemoved: boolean
  onRemove: (isRemoved: boolean) => void
  onCopy: () => void
  /** The release that has it already. */
  release: number | null
  problemsOf: (field: string) => Problem[]
  onChange: (change: Partial<VersionDraft>) => void
}

/** A version as a line, and as a form when it is opened. */
export function VersionForm(props: Props) {
  const { draft, isOpen, isRemoved, onToggle, onRemove, onCopy, release } = props
  const { t, rich } = useText()
  const { version, saved, isActive } = draft
  const name = <bdi className="mono">{version || '…'}</bdi>
  return (
    <section className="version-form" data-testid={`version-${version}`} data-removed={isRemoved || undefined}>
      <div className="version-line">
        <Toggle
          className="version-toggle"
          aria-expanded={isOpen && !isRemoved}
          isDisabled={isRemoved}
          onPress={onToggle}
          data-testid={`version-open-${version}`}
        >
          <ChevronRight size={14} aria-hidden className={isOpen && !isRemoved ? 'turned' : ''} />
          <span className="cut">
            {isRemoved ? (
              <s>{rich('catalog.version', { version: name })}</s>
            ) : (
              rich('catalog.version', { version: name })
            )}
          </span>
        </Toggle>
        <span className="grow row version-marks">{marks()}</span>
        {isRemoved ? (
          <Button variant="quiet" icon={<Undo2 size={14} />} onPress={() => onRemove(false)}>
            {t('master.version.keep')}
          </Button>
        ) : (
          <>
            <IconAction
              label={t('master.version.like', { version })}
              onPress={onCopy}
              testId={`version-copy-${version}`}
            >
              <CopyPlus size={14} />
            </IconAction>
            <IconAction
              label={t('master.version.remove', { version })}
              onPress={() => onRemove(true)}
              testId={`version-remove-${version}`}
            >
              <Trash2 size={14} />
            </IconAction>
          </>
        )}
      </div>
      {isOpen && !isRemoved && <VersionFields {...props} />}
    </section>
  )

  function marks(): ReactNode {
    if (isRemoved) return <Badge>{t('master.version.removed')}</Badge>
    return (
      <>
        <VersionState isActive={isActive} />
        {release !== null && (
          <Badge icon={<Lock size={12} aria-hidden />}>{t('master.version.published', { release })}</Badge>
        )}
        {saved === null && <Badge tone="note">{t('master.version.new')}</Badge>}
        {saved !== null && isTouched(draft) && <Badge tone="note">{t('master.version.changed')}</Badge>}
      </>
    )
  }
}

/** Only an icon in view; its words for whoever points at it or hears it. */
function IconAction(props: { label: string; onPress: () => void; testId: string; children: ReactNode }) {
  return (
    <span title={props.label}>
      <Button
        variant="quiet"
        icon={props.children}
        aria-label={props.label}
        onPress={props.onPress}
        data-testid={props.testId}
      />
    </span>
  )
}

function VersionFields({ draft, release, problemsOf, onChange, onCopy }: Props) {
  const { t } = useText()
  const isPublished = release !== null
  return (
    <div className="version-fields stack">
      {isPublished && (
        <Notice
          tone="note"
          icon={Lock}
          title={t('master.published', { release })}
          actions={
            <Button icon={<CopyPlus size={14} />} onPress={onCopy} data-testid="version-copy">
              {t('master.version.copy')}
            </Button>
          }
          data-testid="version-published"
        >
          <p>{t('master.published.text')}</p>
        </Notice>
      )}
      <Checkbox
        className="check-box"
        isSelected={draft.isActive}
        onChange={(isActive) => onChange({ isActive })}
        data-testid="version-active"
      >
        <span className="check-box-mark" aria-hidden>
          <Check size={12} strokeWidth={3} />
        </span>
        {t('master.version.active')}
      </Checkbox>
      <div className="fields">
        <Field
          name="version"
          label={t('master.version.number')}
          value={draft.version}
          onChange={(version) => onChange({ version })}
          problems={problemsOf('version')}
          hint={draft.saved ? t('master.version.key') : undefined}
          isReadOnly={draft.saved !== null}
          mono
          data-testid="version-number"
        />
        <Field
          name="releaseDate"
          type="date"
          label={t('master.version.date')}
          value={draft.releaseDate ?? ''}
          onChange={(date) => onChange({ releaseDate: date || null })}
          problems={problemsOf('releaseDate')}
          isReadOnly={isPublished}
          data-testid="version-date"
        />
      </div>
      <Field
        name="releaseNotes"
        label={t('master.version.notes')}
        value={draft.releaseNotes}
        onChange={(releaseNotes) => onChange({ releaseNotes })}
        problems={problemsOf('releaseNotes')}
        isReadOnly={isPublished}
        multiline
        optional
        data-testid="version-notes"
      />
      <SchemaField
        version={draft.version}
        value={draft.configSchema}
        onChange={(configSchema) => onChange({ configSchema })}
        refused={problemsOf('configSchema')}
        isReadOnly={isPublished}
      />
    </div>
  )
}
