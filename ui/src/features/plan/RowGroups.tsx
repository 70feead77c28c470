import { useText } from '../../shared/text'
import { SHOWN } from './describeChange'

export type RowGroup = { title: string; rows: string[] }

/** Rows of a catalog by what becomes of them, each group folded away under its number. */
export function RowGroups({ groups }: { groups: RowGroup[] }) {
  const { t } = useText()
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => (
      <details key={title} className="change-details">
        <summary>{title}</summary>
        <ul>
          {rows.slice(0, SHOWN).map((name) => (
            <li key={name} className="mono wrap selectable">
              <bdi>{name}</bdi>
            </li>
          ))}
          {rows.length > SHOWN && <li className="muted">{t('change.rest', { count: rows.length - SHOWN })}</li>}
        </ul>
      </details>
    ))
}
