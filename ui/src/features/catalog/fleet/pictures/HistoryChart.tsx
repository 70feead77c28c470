import type { ChartConfiguration } from 'chart.js'
import { useCallback, useMemo } from 'react'
import type { FleetDay } from '../../../../ipc/client'
import { Loaded } from '../../../../shared/Loaded'
import { useText } from '../../../../shared/text'
import { useHistory } from '../api'
import { Chart, countAxis, nameAxis, optionsFor } from './Chart'
import { type Look, seriesColour } from './look'
import { Picture } from './Picture'

const HEIGHT = 240

/** How many tenants were at which release, day by day. */
export function HistoryChart() {
  const history = useHistory()
  return <Loaded query={history}>{(days) => <History days={days} />}</Loaded>
}

function History({ days }: { days: FleetDay[] }) {
  const { t, day, number } = useText()
  const releases = useMemo(
    () => [...new Set(days.flatMap(({ tenants }) => Object.keys(tenants).map(Number)))].sort((a, b) => a - b),
    [days],
  )
  const last = days.at(-1)
  const newest = releases.at(-1)
  const all = Object.values(last?.tenants ?? {}).reduce((sum, count) => sum + count, 0)
  const configure = useCallback(
    (look: Look): ChartConfiguration => {
      const options = optionsFor(look)
      const points = pointsOf(days)
      const dayOf = (at: number) => (Number.isNaN(at) ? '' : day(new Date(at).toISOString().slice(0, 10)))
      return {
        type: 'line',
        data: {
          datasets: releases.map((release, at) => ({
            label: t('releases.name', { number: release }),
            data: points.map(({ x, tenants }) => ({ x, y: upTo(tenants, release), count: tenants[release] ?? 0 })),
            fill: at === 0 ? 'origin' : '-1',
            pointRadius: 0,
            borderWidth: 1,
            borderColor: seriesColour(at),
            backgroundColor: `${seriesColour(at)}b0`,
          })),
        },
        options: {
          ...options,
          scales: {
            x: {
              ...nameAxis(look, false),
              type: 'linear' as const,
              min: points[0]?.x,
              max: points.at(-1)?.x,
              // Of a few days, ticks would fall on one more than once.
              afterBuildTicks: (axis) => {
                axis.ticks = axis.ticks.filter(
                  ({ value }, at, all) => dayOf(value) !== dayOf(all[at - 1]?.value ?? Number.NaN),
                )
              },
              ticks: { color: look.muted, maxTicksLimit: 6, maxRotation: 0, callback: (at) => dayOf(Number(at)) },
            },
            y: countAxis(look, false, number),
          },
          plugins: {
            ...options.plugins,
            tooltip: {
              ...options.plugins?.tooltip,
              callbacks: {
                title: ([first]) => (first ? dayOf(Number(first.parsed.x)) : ''),
                label: ({ dataset, raw }) => `${dataset.label}: ${number((raw as { count: number }).count)}`,
              },
            },
          },
        },
      }
    },
    [days, releases, t, day, number],
  )
  const summary =
    last && newest !== undefined
      ? t('pictures.history.text', { day: day(last.day), count: last.tenants[newest] ?? 0, all, number: newest })
      : t('pictures.history.none')
  return (
    <Picture
      title={t('pictures.history')}
      summary={summary}
      head={[t('pictures.day'), ...releases.map((release) => t('releases.name', { number: release }))]}
      rows={days.map(({ day: at, tenants }) => [day(at), ...releases.map((release) => tenants[release] ?? 0)])}
      data-testid="picture-history"
    >
      {last && <Chart height={HEIGHT} configure={configure} />}
    </Picture>
  )
}

/** A layer lies on those of the releases before. */
const upTo = (tenants: FleetDay['tenants'], release: number) =>
  Object.entries(tenants).reduce((sum, [at, count]) => (Number(at) <= release ? sum + count : sum), 0)

const DAY = 24 * 60 * 60 * 1000

/** Steps: what was reached on a day holds until the next one that is known, and the last day lasts too. */
function pointsOf(days: FleetDay[]) {
  const at = (index: number) => Date.parse(`${days[index]?.day}T00:00:00Z`)
  return days.flatMap(({ tenants }, index) => [
    { x: at(index), tenants },
    { x: (index + 1 < days.length ? at(index + 1) : at(index) + DAY) - 1, tenants },
  ])
}
