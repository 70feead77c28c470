import './sql.css'
import { Check, Copy } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Button } from './Button'
import { useText } from './text'

type Props = {
  label: string
  sql: string
  /** What is to be copied, where it is more than what is shown. */
  copied?: string
}

/** Statements to read and to copy. Remarks stand back. */
export function SqlText({ label, sql, copied = sql }: Props) {
  const { t } = useText()
  const id = useId()
  const lines = sql.trimEnd().split('\n')
  return (
    <figure className="sql" data-testid="sql">
      <figcaption className="sql-head" id={id}>
        <span className="cut">{label}</span>
        {lines.length > 3 && <span className="muted">{t('sql.lines', { count: lines.length })}</span>}
        <span className="grow" />
        <CopyButton text={copied} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section className="sql-text" tabIndex={0} aria-labelledby={id}>
        <pre className="mono selectable">
          {lines.map((line, at) => (
            <span key={at} className={line.trimStart().startsWith('--') ? 'sql-remark' : undefined}>
              {line}
              {'\n'}
            </span>
          ))}
        </pre>
      </section>
    </figure>
  )
}

/** So many lines are enough to see what a text is like. */
const SHOWN = 200

/** A text of any length: its first lines to read, and all of it to copy. */
export function LongText({ label, text }: { label: string; text: string }) {
  const { t } = useText()
  const id = useId()
  const lines = text.trimEnd().split('\n')
  const rest = lines.length - SHOWN
  return (
    <figure className="sql" data-testid="long-text">
      <figcaption className="sql-head" id={id}>
        <span className="cut">{label}</span>
        <span className="muted">{t('sql.lines', { count: lines.length })}</span>
        <span className="grow" />
        <CopyButton text={text} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section className="sql-text" tabIndex={0} aria-labelledby={id}>
        <pre className="mono selectable">{lines.slice(0, SHOWN).join('\n')}</pre>
        {rest > 0 && <p className="muted small">{t('sql.rest', { count: rest })}</p>}
      </section>
    </figure>
  )
}

type CopyProps = {
  text: string | (() => string)
  label?: string
  /** Shows the icon alone; the label is its name. */
  isQuiet?: boolean
}

/** Says for a moment that it was copied, or that it could not be. */
export function CopyButton({ text, label, isQuiet = false }: CopyProps) {
  const { t } = useText()
  const [state, setState] = useState<'copied' | 'failed' | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setState('copied')
    } catch {
      setState('failed')
    }
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState(null), 2000)
  }
  return (
    <>
      <span className="hidden-visually" role="status">
        {state && t(`sql.${state}`)}
      </span>
      <Button
        icon={state === 'copied' ? <Check size={14} /> : <Copy size={14} />}
        variant={isQuiet ? 'quiet' : 'plain'}
        aria-label={isQuiet ? label : undefined}
        onPress={() => void copy()}
        data-testid="copy"
      >
        {isQuiet ? null : state ? t(`sql.${state}`) : (label ?? t('sql.copy'))}
      </Button>
    </>
  )
}
