import {
  BarController,
  BarElement,
  CategoryScale,
  type ChartConfiguration,
  type ChartOptions,
  Chart as Drawing,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'
import { useEffect, useRef, useState } from 'react'
import { type Look, lookNow } from './look'

Drawing.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
)

type Props = { height: number; configure: (look: Look) => ChartConfiguration }

/** A drawing that follows the theme. What it shows is told by the figure around it. */
export function Chart({ height, configure }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const look = useLook()
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const drawing = new Drawing(context, configure(look))
    return () => drawing.destroy()
  }, [configure, look])
  return (
    <div className="picture-canvas" style={{ height }} aria-hidden>
      <canvas ref={canvas} />
    </div>
  )
}

function useLook(): Look {
  const [look, setLook] = useState(lookNow)
  useEffect(() => {
    const observer = new MutationObserver(() => setLook(lookNow()))
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => observer.disconnect()
  }, [])
  return look
}

/** How all charts look: still, with hairlines, and a legend beneath. */
export const optionsFor = (look: Look): ChartOptions => ({
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  color: look.muted,
  borderColor: look.line,
  font: { family: look.font, size: 11 },
  interaction: { mode: 'index', intersect: false },
  plugins: {
    legend: { position: 'bottom', labels: { boxWidth: 10, boxHeight: 10, color: look.muted } },
    tooltip: {
      backgroundColor: look.raised,
      borderColor: look.outline,
      borderWidth: 1,
      titleColor: look.ink,
      bodyColor: look.ink,
    },
  },
})

/** An axis of counts. */
export const countAxis = (look: Look, stacked: boolean, number: (value: number) => string) => ({
  stacked,
  beginAtZero: true,
  grid: { color: look.line },
  border: { color: look.outline },
  ticks: { color: look.muted, precision: 0, callback: (value: string | number) => number(Number(value)) },
})

/** The other axis. */
export const nameAxis = (look: Look, stacked: boolean) => ({
  stacked,
  grid: { display: false },
  border: { color: look.outline },
  ticks: { color: look.muted },
})
