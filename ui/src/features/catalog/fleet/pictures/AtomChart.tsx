import type { ChartConfiguration } from 'chart.js'
import { useCallback, useMemo } from 'react'
import type { HeatMap, HeatState } from '../../../../ipc/client'
import { Loaded } from '../../../../shared/Loaded'
import { useText } from '../../../../shared/text'
import { useHeatMap } from '../api'
import { HEAT_STATES } from '../heat/states'
import { Chart, countAxis, nameAxis, optionsFor } from './Chart'
import type { Look } from './look'
import { Picture } from './Picture'

const WORST = 12
const LINE = 24
const COLOURS: Record<HeatState, string> = {
  conflicting: '#c8443c',
  edited: '#8a6fb8',
  removed: '#4a9db5',
  behind: '#6d7fd0',
  own: '#8a94a3',
}

/** Which atoms differ at most tenants. */
export function AtomChart({ release }: { release: number | null }) {
  const map = useHeatMap(release ?? undefined)
  return <Loaded query={map}>{(data) => <Atoms map={data} />}</Loaded>
}

function Atoms({ map }: { map: HeatMap }) {
  const { t, number } = useText()
  const rows = useMemo(() => worst(map), [map])
  const [first] = rows
  const configure = useCallback(
    (look: Look): ChartConfiguration => ({
      type: 'bar',
      data: {
        labels: rows.map(({ slug }) => cut(slug)),
        datasets: HEAT_STATES.map((state) => ({
          label: t(`heat.state.${state}`),
          data: rows.map((row) => row[state]),
          backgroundColor: COLOURS[state],
          maxBarThickness: 16,
        })),
      },
      options: {
        ...optionsFor(look),
        indexAxis: 'y',
        scales: { x: countAxis(look, true, number), y: nameAxis(look, true) },
      },
    }),
    [rows, t, number],
  )
  return (
    <Picture
      title={t('pictures.atoms')}
      summary={first ? t('pictures.atoms.text', { slug: first.slug, count: first.total }) : t('heat.none')}
      head={[t('heat.atom'), ...HEAT_STATES.map((state) => t(`heat.state.${state}`))]}
      rows={rows.map((row) => [row.slug, ...HEAT_STATES.map((state) => row[state])])}
      data-testid="picture-atoms"
    >
      {first && <Chart height={72 + rows.length * LINE} configure={configure} />}
    </Picture>
  )
}

/** A canvas has no ellipsis of its own. */
const cut = (slug: string) => (slug.length > 22 ? `${slug.slice(0, 21)}…` : slug)

function worst({ atoms }: HeatMap) {
  return atoms
    .toSorted((a, b) => b.cells.length - a.cells.length)
    .slice(0, WORST)
    .map(({ slug, cells }) => {
      const counts = { conflicting: 0, edited: 0, removed: 0, behind: 0, own: 0 }
      for (const { state } of cells) counts[state] += 1
      return { slug, total: cells.length, ...counts }
    })
}
