import { type ReactNode, useId } from 'react'
import { useText } from '../../../../shared/text'

type Props = {
  title: string
  /** What the picture shows, in a sentence. */
  summary: string
  /** The same in figures: for those who cannot see it, or want to read it exactly. */
  head: string[]
  rows: (string | number)[][]
  children: ReactNode
  'data-testid': string
}

/** A chart with its title, a sentence about it, and its figures as a table. */
export function Picture({ title, summary, head, rows, children, ...rest }: Props) {
  const { t, number } = useText()
  const [name, about] = [useId(), useId()]
  return (
    <figure className="picture" aria-labelledby={name} aria-describedby={about} {...rest}>
      <figcaption>
        <h2 id={name}>{title}</h2>
        <p id={about} className="muted">
          {summary}
        </p>
      </figcaption>
      {children}
      <details className="picture-figures">
        <summary>{t('pictures.figures')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
        <section className="picture-table" tabIndex={0} aria-label={title}>
          <table>
            <thead>
              <tr>
                {head.map((of, at) => (
                  <th key={of} scope="col" className={at === 0 ? undefined : 'num'}>
                    {of}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row[0]}>
                  {row.map((value, at) =>
                    at === 0 ? (
                      <th key={head[at]} scope="row">
                        {value}
                      </th>
                    ) : (
                      <td key={head[at]} className="num">
                        {typeof value === 'number' ? number(value) : value}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}
