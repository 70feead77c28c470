import type { ChartConfiguration } from 'chart.js'
import { useCallback, useMemo } from 'react'
import type { Release } from '../../../../ipc/client'
import { Loaded } from '../../../../shared/Loaded'
import { useText } from '../../../../shared/text'
import { useReleases } from '../../api'
import { Chart, countAxis, nameAxis, optionsFor } from './Chart'
import { type Look, seriesColour } from './look'
import { Picture } from './Picture'

const HEIGHT = 240
/** So many of the newest are drawn; the table has all. */
const DRAWN = 30

/** How many atoms and versions each release has. */
export function SizeChart() {
  const releases = useReleases()
  return <Loaded query={releases}>{(data) => <Sizes releases={data.releases} />}</Loaded>
}

function Sizes({ releases }: { releases: Release[] }) {
  const { t, number } = useText()
  const rows = useMemo(
    () =>
      releases.map(({ number: release, size }) => ({ name: t('releases.name', { number: release }), size })).reverse(),
    [releases, t],
  )
  const newest = releases[0]
  const configure = useCallback(
    (look: Look): ChartConfiguration => {
      const drawn = rows.slice(-DRAWN)
      const bars = (part: 'atoms' | 'versions', at: number) => ({
        label: t(`releases.${part}`),
        data: drawn.map(({ size }) => size[part]),
        backgroundColor: seriesColour(at),
        maxBarThickness: 28,
      })
      return {
        type: 'bar',
        data: { labels: drawn.map(({ name }) => name), datasets: [bars('atoms', 1), bars('versions', 2)] },
        options: {
          ...optionsFor(look),
          scales: { x: nameAxis(look, false), y: countAxis(look, false, number) },
        },
      }
    },
    [rows, t, number],
  )
  return (
    <Picture
      title={t('pictures.sizes')}
      summary={newest ? t('pictures.sizes.text', { number: newest.number, ...newest.size }) : t('releases.empty')}
      head={[t('releases.number'), t('releases.atoms'), t('releases.versions')]}
      rows={rows.map(({ name, size }) => [name, size.atoms, size.versions])}
      data-testid="picture-sizes"
    >
      {newest && <Chart height={HEIGHT} configure={configure} />}
    </Picture>
  )
}
