import { useEffect, useState } from 'react'

const MOST = 20_000_000

export type Dropped = { name: string } & ({ text: string } | { failed: 'utf8' } | { failed: 'large'; size: number })

/** A file that is dropped anywhere on the window, as text. `isOver` while one is held above it. */
export function useFileDrop(onDrop: (dropped: Dropped) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => {
      // Leaving an element for another within the window is not leaving the window.
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      setIsOver(false)
      void textOf(file).then(onDrop)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onDrop])
  return isOver
}

async function textOf(file: File): Promise<Dropped> {
  const { name, size } = file
  if (size > MOST) return { name, failed: 'large', size }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch {
    return { name, failed: 'utf8' }
  }
}
