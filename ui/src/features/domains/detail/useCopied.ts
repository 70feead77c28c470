import { useEffect, useRef, useState } from 'react'

const SAID_FOR = 2000

/** Copies, and says for a moment what came of it. */
export function useCopied() {
  const [said, setSaid] = useState<'copied' | 'uncopied' | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid('copied')
    } catch {
      setSaid('uncopied')
    }
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSaid(null), SAID_FOR)
  }
  return [said, copy] as const
}
