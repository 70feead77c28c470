import { useEffect, useRef, useState } from 'react'

/** A search that answers every key at once and is written into the route when the typing pauses. */
export function useSearchText(inRoute: string | undefined, write: (q: string | undefined) => void) {
  const [text, setText] = useState(inRoute ?? '')
  const written = useRef(inRoute ?? '')
  const latest = useRef(write)
  latest.current = write

  useEffect(() => {
    if ((inRoute ?? '') === written.current) return
    written.current = inRoute ?? ''
    setText(written.current)
  }, [inRoute])

  useEffect(() => {
    if (text === written.current) return
    const timer = setTimeout(() => {
      written.current = text
      latest.current(text || undefined)
    }, 250)
    return () => clearTimeout(timer)
  }, [text])

  return [text, setText] as const
}
