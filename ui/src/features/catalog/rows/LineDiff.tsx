import { diffJson, diffLines } from 'diff'
import { Fragment, useMemo } from 'react'
import { useText } from '../../../shared/text'

type Props = { label: string; before: string; after: string }
type Part = { kind: 'same' | 'added' | 'removed'; lines: string[] }

/** So many lines that are alike are shown around those that differ. */
const CONTEXT = 2
/** Texts that differ in more than this are shown one after the other. */
const MOST_EDITS = 2000
const SIGNS = { same: ' ', added: '+', removed: '−' }

/** Two texts as one: lines that only one of them has are marked. */
export function LineDiff({ label, before, after }: Props) {
  const { t } = useText()
  const parts = useMemo(() => partsOf(before, after), [before, after])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section className="line-diff mono selectable" tabIndex={0} aria-label={label}>
      {parts.map((part, at) => (
        <Fragment key={at}>
          {shown(part, at === 0, at === parts.length - 1).map((line, nth) =>
            typeof line === 'number' ? (
              <span key={nth} className="line-skip">
                {t('catalog.lines.alike', { count: line })}
              </span>
            ) : (
              <span key={nth} className={`line ${part.kind}`}>
                <span className="line-sign" aria-hidden>
                  {SIGNS[part.kind]}
                </span>
                {part.kind !== 'same' && <span className="hidden-visually">{t(`catalog.line.${part.kind}`)}: </span>}
                <bdi>{line || ' '}</bdi>
              </span>
            ),
          )}
        </Fragment>
      ))}
    </section>
  )
}

function partsOf(before: string, after: string): Part[] {
  const end = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
  const isDocument = [before, after].every((text) => /^\s*[{[]|^$/.test(text))
  const most = { maxEditLength: MOST_EDITS }
  // In a document, a comma at the end of a line is no difference.
  const found = isDocument ? diffJson(end(before), end(after), most) : diffLines(end(before), end(after), most)
  if (!found) {
    return [
      { kind: 'removed', lines: before.split('\n') },
      { kind: 'added', lines: after.split('\n') },
    ]
  }
  return found.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    lines: value.replace(/\n$/, '').split('\n'),
  }))
}

/** Lines, and in their place how many are left out. */
function shown({ kind, lines }: Part, isFirst: boolean, isLast: boolean): (string | number)[] {
  if (kind !== 'same') return lines
  const [head, tail] = [isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT]
  const rest = lines.length - head - tail
  if (rest < 3) return lines
  return [...lines.slice(0, head), rest, ...(tail === 0 ? [] : lines.slice(-tail))]
}
